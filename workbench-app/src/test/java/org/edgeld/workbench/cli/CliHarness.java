package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.settings.WorkbenchSettings;

/** The real command line over a fake cluster, with both outputs caught. */
final class CliHarness {
  final FakeServices services = new FakeServices();
  final Cancellation cancellation = new Cancellation();
  final Path home;
  InputStream stdin = new ByteArrayInputStream(new byte[0]);
  String out = "";
  String err = "";

  /** Local agents asked for by each window that was opened. */
  final List<Integer> windows = new ArrayList<>();

  /**
   * Creates a command line.
   *
   * @param home a temporary folder
   */
  CliHarness(Path home) {
    this.home = home;
  }

  /** Executes a command given as words separated by single spaces. */
  int execute(String command) {
    return executeWords(command.split(" "));
  }

  /** Executes a command. */
  int executeWords(String... words) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(outText), new PrintWriter(errText), false, new AtomicLong()::get);
    CliContext context =
        new CliContext(
            services.factory(),
            Catalogue.load(),
            console,
            WorkbenchSettings.ofHome(home),
            cancellation,
            stdin,
            (chosen, local) -> windows.add(local.map(LocalClusterSpec::agents).orElse(0)));
    int code = new CommandLineInterface(context).execute(words);
    console.out().flush();
    console.err().flush();
    out = outText.toString();
    err = errText.toString();
    return code;
  }

  /** Executes a command that must be refused in one sentence before anything was started. */
  void refuses(String command, String... words) {
    assertThat(execute(command)).as(command + ": " + err).isEqualTo(ExitCode.BAD_INPUT);
    saysOneSentence(words);
    assertThat(services.calls).as(command).isEmpty();
  }

  /** Checks that the last command said just why it failed, without a stack trace. */
  void saysOneSentence(String... words) {
    assertThat(err.lines()).as(err).hasSize(1);
    assertThat(err).contains(words).contains("Maybe").doesNotContain("\tat ", "Exception");
    assertThat(out).isEmpty();
  }
}
