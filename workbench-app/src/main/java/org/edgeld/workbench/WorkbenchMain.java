package org.edgeld.workbench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.edgeld.workbench.cli.Cancellation;
import org.edgeld.workbench.cli.Catalogue;
import org.edgeld.workbench.cli.CliContext;
import org.edgeld.workbench.cli.CommandLineInterface;
import org.edgeld.workbench.cli.CommandServices;
import org.edgeld.workbench.cli.Console;
import org.edgeld.workbench.cli.WindowLauncher;
import org.edgeld.workbench.settings.WorkbenchSettings;

/**
 * Starts the workbench: its window without arguments, else the command line. Not a JavaFX
 * application itself, so that it starts from one jar.
 */
public final class WorkbenchMain {
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  /** How long a Ctrl-C waits for agents to become idle and local ones to stop. */
  private static final long SHUTDOWN_SECONDS = 15;

  private final CommandServices.Factory services;
  private final WindowLauncher window;

  /**
   * Creates the workbench.
   *
   * @param services opens what commands reach agents with
   * @param window opens the window
   */
  public WorkbenchMain(CommandServices.Factory services, WindowLauncher window) {
    this.services = services;
    this.window = window;
  }

  /** Starts the workbench and ends the process. */
  public static void main(String[] arguments) {
    System.exit(
        new WorkbenchMain(WorkbenchServices::open, new DesktopWindow(WorkbenchServices::open))
            .run(arguments));
  }

  /** Runs until the window is closed or the command is done, and returns the exit code. */
  public int run(String... arguments) {
    if (arguments.length == 0) {
      return run("window");
    }
    if (System.getProperty(LOG_LEVEL) == null) {
      // libraries log what the one sentence on standard error already says
      System.setProperty(
          LOG_LEVEL, Arrays.asList(arguments).contains("--verbose") ? "info" : "off");
    }
    Cancellation cancellation = new Cancellation();
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cancellation, done), "cancel"));
    try {
      return new CommandLineInterface(
              new CliContext(
                  services,
                  Catalogue.load(),
                  console(),
                  WorkbenchSettings.ofHome(Path.of(System.getProperty("user.home"))),
                  cancellation,
                  System.in,
                  window))
          .execute(arguments);
    } finally {
      done.countDown();
    }
  }

  /** Runs when the process ends for whatever reason; harmless once the command is done. */
  private static void stop(Cancellation cancellation, CountDownLatch done) {
    cancellation.cancel();
    try {
      if (!done.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Some agents may still be busy. Maybe one of them does not answer.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Console console() {
    return new Console(
        writer(FileDescriptor.out), writer(FileDescriptor.err), onTerminal(), System::nanoTime);
  }

  /** In a locale without an encoding of its own, UTF-8 serves better than question marks. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    String encoding = System.getProperty("native.encoding", "UTF-8");
    Charset charset =
        Charset.isSupported(encoding) ? Charset.forName(encoding) : StandardCharsets.UTF_8;
    return new PrintWriter(
        new OutputStreamWriter(
            new FileOutputStream(descriptor),
            charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset));
  }

  /**
   * Java only knows whether input and output are a terminal; Linux also knows it of the error
   * output.
   */
  private static boolean onTerminal() {
    Path error = Path.of("/proc/self/fd/2");
    if (!Files.exists(error)) {
      return System.console() != null;
    }
    try {
      return Files.readSymbolicLink(error).toString().matches("/dev/(pts/|tty).*");
    } catch (IOException e) {
      return false;
    }
  }
}
