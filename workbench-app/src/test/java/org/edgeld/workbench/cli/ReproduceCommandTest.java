package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class ReproduceCommandTest {
  @TempDir Path folder;

  @Test
  void thePaperIsReproducedAndGoneOnWith() {
    Path out = folder.resolve("paper");
    CliHarness cli = new CliHarness(folder);
    assertThat(cli.execute("reproduce --quick --out " + out)).as(cli.err).isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).filteredOn("run"::equals).hasSize(132);
    assertThat(cli.out).contains("The paper beside ours: " + out.resolve("paper.html"));
    assertThat(out.resolve("paper.html"))
        .content()
        .contains("Table I", "noise floor", "Timeline: OCBP", "T = a·F + b");
    assertThat(out.resolve("figures/paper-timeline.svg")).exists();
    CliHarness again = new CliHarness(folder);
    assertThat(again.execute("reproduce --quick --out " + out)).isEqualTo(ExitCode.OK);
    assertThat(again.services.calls).doesNotContain("run", "startLocal");
    CliHarness other = new CliHarness(folder);
    assertThat(other.execute("reproduce --out " + out)).isEqualTo(ExitCode.BAD_INPUT);
    other.saysOneSentence("holds another sweep or was begun by another version", "--resume " + out);
  }

  @Test
  void howLongItTakesIsSaidFirst() {
    CliHarness cli = new CliHarness(folder);
    assertThat(cli.execute("reproduce --out x --dry-run")).isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains(" h by estimate");
    assertThat(cli.services.calls).isEmpty();
    CliHarness quick = new CliHarness(folder);
    assertThat(quick.execute("reproduce --quick --out x --dry-run")).isEqualTo(ExitCode.OK);
    assertThat(quick.out)
        .containsPattern(
            "132 trials of 62 configurations, about [0-9]+ min by estimate \\(if a core computes 40"
                + " GFLOP/s\\)");
  }

  @Test
  void oneBoardIsNotEnough() {
    new CliHarness(folder)
        .refuses("reproduce --quick --out x --agents pi:7000", "needs a leader and a follower");
    new CliHarness(folder)
        .refuses("reproduce --quick --out x --agents pi:7000,pi:7000", "pi:7000 is named twice");
  }
}
