package org.edgeld.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of the project's jars as a user runs it, with a home folder and files for its output. */
final class JarProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;
  private final Path errors;

  private JarProcess(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  static JarProcess agent(Path home, String... arguments) throws IOException {
    return start("edgeld.agent.jar", home, arguments);
  }

  static JarProcess workbench(Path home, String... arguments) throws IOException {
    return start("edgeld.workbench.jar", home, arguments);
  }

  private static JarProcess start(String jarProperty, Path home, String... arguments)
      throws IOException {
    String jar = System.getProperty(jarProperty);
    if (jar == null || !Files.exists(Path.of(jar))) {
      throw new IllegalStateException(
          "The jar of %s (%s) is not there. Maybe run this test with mvn verify."
              .formatted(jarProperty, jar));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Duser.home=" + home);
    command.add("-jar");
    command.add(jar);
    command.addAll(Arrays.asList(arguments));
    Path output = Files.createTempFile(home, "process", ".out");
    Path errors = Files.createTempFile(home, "process", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    // the engine's unpacked libraries, some 100 MB, are the same for every home
    builder
        .environment()
        .putIfAbsent(
            "DJL_CACHE_DIR", Path.of(System.getProperty("user.home"), ".djl.ai").toString());
    return new JarProcess(builder.start(), output, errors);
  }

  /** Waits for the end and returns the exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The process does not end. It said: " + this);
    }
    return process.exitValue();
  }

  String output() {
    return read(output);
  }

  String errors() {
    return read(errors);
  }

  /** Waits until the output or the errors contain something. */
  void awaitSaying(String text) throws InterruptedException {
    await(() -> output().contains(text) || errors().contains(text) || !process.isAlive());
    if (!output().contains(text) && !errors().contains(text)) {
      throw new AssertionError("The process never said \"" + text + "\". It said: " + this);
    }
  }

  /** Returns the processes that this one started, and theirs. */
  List<ProcessHandle> descendants() {
    return process.descendants().collect(Collectors.toList());
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Asks whether something becomes true in time. */
  static boolean await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Stream.concat(descendants().stream(), Stream.of(handle()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public String toString() {
    return output() + errors();
  }
}
