package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved profiles with names, on the command line. */
class NamedProfileCommandTest {
  @TempDir Path folder;
  private CliHarness cli;

  @BeforeEach
  void start() {
    cli = new CliHarness(folder.resolve("home"));
  }

  @Test
  void figuresSayWhichProfileTheyRestOnAndThatItIsTypedIn() {
    Path file = folder.resolve("bench.profile.json");
    String model = " --model fashion";
    assertThat(cli.execute("profile" + model + " --board 2xpi4:8 --name bench --save " + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    String typed = "The figures rest on rates that are typed in, not measured";
    assertThat(cli.out).contains(typed + " (bench).");
    assertThat(cli.execute("plan" + model + " --profile " + file)).isEqualTo(ExitCode.OK);
    assertThat(cli.out).endsWith(typed + " (bench).\n");
    assertThat(cli.execute("plan" + model + " --board 2xpi4:8 --strategy all"))
        .isEqualTo(ExitCode.OK);
    assertThat(cli.out).endsWith(typed + ".\n");
  }

  @Test
  void aMeasuredProfileIsNamedToo() {
    Path file = folder.resolve("lab.profile.json");
    String model = " --model fashion --local 2";
    assertThat(cli.execute("profile" + model + " --name lab --save " + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.execute("plan" + model + " --profile " + file)).isEqualTo(ExitCode.OK);
    assertThat(cli.out).endsWith("The figures rest on a measured profile (lab).\n");
    assertThat(cli.execute("plan" + model)).isEqualTo(ExitCode.OK);
    assertThat(cli.out).doesNotContain("The figures rest on");
  }

  @Test
  void aNameWithoutAFileIsRefused() {
    cli.refuses("profile --model fashion --board 2xpi4:8 --name bench", "--name bench names a");
  }
}
