package org.edgeld.workbench.results;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Describes the computer and the software that the workbench runs on, so that figures can be judged
 * later.
 */
public final class Environment {
  /** What stands where something cannot be found out. */
  public static final String UNKNOWN = "unknown";

  private Environment() {}

  /** Returns names and values, sorted by name. */
  public static Map<String, String> here() {
    Map<String, String> values = new TreeMap<>();
    values.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
    values.put("os", System.getProperty("os.name"));
    values.put("kernel", System.getProperty("os.version"));
    values.put("architecture", System.getProperty("os.arch"));
    values.put("processor", processor(Path.of("/proc/cpuinfo")));
    values.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    values.put("memoryBytes", memoryBytes());
    values.put("workbench", workbenchVersion());
    Optional<BuiltCommit> built = BuiltCommit.here();
    values.put("commit", built.map(BuiltCommit::commit).orElseGet(Checkout::commit));
    values.put("uncommittedChanges", built.map(BuiltCommit::changed).orElse(UNKNOWN));
    values.put(
        "governor", firstLine(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")));
    return values;
  }

  /** Returns the version in the jar's manifest; {@code development} when run from class files. */
  public static String workbenchVersion() {
    return Optional.ofNullable(Environment.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** Returns the processor's name out of Linux's description of it, else {@link #UNKNOWN}. */
  static String processor(Path cpuinfo) {
    if (!Files.isReadable(cpuinfo)) {
      return UNKNOWN;
    }
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      return lines
          .filter(line -> line.matches("(model name|Model|Hardware)\\s*:.*"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .filter(name -> !name.isEmpty())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Returns the first line of a file, else {@link #UNKNOWN}. */
  static String firstLine(Path file) {
    try {
      return Files.isReadable(file)
          ? Files.readAllLines(file).stream().findFirst().map(String::strip).orElse(UNKNOWN)
          : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Long.toString(system.getTotalMemorySize())
        : UNKNOWN;
  }
}
