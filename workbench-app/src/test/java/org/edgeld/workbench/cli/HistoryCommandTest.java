package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.edgeld.workbench.run.RunRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class HistoryCommandTest {
  private static final String RUN =
      "run --model fashion --local 3 --strategy equal --warmup 0 --repeats 3 --seed 9";

  @TempDir Path home;
  private CliHarness cli;

  @BeforeEach
  void createCli() {
    cli = new CliHarness(home);
  }

  private void does(String... words) {
    assertThat(cli.executeWords(words)).as(cli.err).isEqualTo(ExitCode.OK);
  }

  private void does(String command) {
    does(command.split(" "));
  }

  @Test
  void runsAreKeptOnlyIfAsked() {
    does(RUN);
    assertThat(home.resolve(".edgeld/history")).doesNotExist();
    does("history list");
    assertThat(cli.out).startsWith("No run was kept yet.");
    does(RUN + " --keep");
    assertThat(cli.out).endsWith("Kept as run #1.\n");
    does("history list");
    assertThat(cli.out).contains("#1", "Fashion 28 · 3 devices", "equal · ", "2.70×");
  }

  @Test
  void runsAreNamedTaggedPinnedAndFound() {
    does(RUN + " --keep");
    does(RUN.replace("--local 3", "--local 2") + " --keep");
    does("history", "rename", "1", "before the change");
    does("history tag 1 night hot");
    does("history pin 2");
    does("history list --tag night");
    assertThat(cli.out).contains("before the change", "hot, night", "vs. pinned #2", "1.00×");
    assertThat(cli.out).doesNotContain("2 devices");
    does("history list --devices 2 --order speedup");
    assertThat(cli.out).contains("#2 (pinned)").doesNotContain("before");
    does("history list --search nothing");
    assertThat(cli.out).isEqualTo("None of the 2 runs passes the filter.\n");
    does("history show 1");
    assertThat(cli.out)
        .startsWith("Run #1, before the change")
        .contains("tags: hot, night", "against the pinned #2: 1.00×", "speedup of the plan");
    does("history pin");
    does("history rename 1");
    does("history list");
    assertThat(cli.out).doesNotContain("pinned", "before");
  }

  @Test
  void aRunIsRepeatedWithTheVerySamePlanInputAndSeed() {
    does(RUN + " --keep");
    does("history rerun 1 --local 3");
    assertThat(cli.out)
        .contains("The output is bit for bit that of run #1.")
        .endsWith("Kept as run #2.\n");
    RunRequest first = cli.services.runs.get(0);
    RunRequest again = cli.services.runs.get(1);
    assertThat(again.planned().plan()).isEqualTo(first.planned().plan());
    assertThat(again.planned().programs()).isEqualTo(first.planned().programs());
    assertThat(again.input().nhwc()).isEqualTo(first.input().nhwc());
    assertThat(again.seed()).isEqualTo(9);
    assertThat(again.repeats()).isEqualTo(3);
    assertThat(cli.services.calls.stream().filter("profile"::equals).count())
        .as("the devices are those that were measured")
        .isEqualTo(1);
    does("history show 2");
    assertThat(cli.out).contains("repeats #1");
  }

  @Test
  void otherAgentsAreRefusedUnlessTheyAreWanted() {
    does(RUN + " --keep");
    assertThat(cli.execute("history rerun 1 --local 2")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err)
        .endsWith("The agents differ: 2 of its 3 devices are there. Maybe add --plan-again.\n");
    does("history rerun 1 --local 2 --plan-again");
    assertThat(cli.services.runs.get(1).planned().plan().devices()).isEqualTo(2);
    assertThat(cli.out).contains("The output is not bit for bit that of run #1.");
  }

  @Test
  void runsAreComparedAndExported() throws Exception {
    does(RUN + " --keep");
    does(RUN + " --keep");
    does("run --model alexnet --input-size 96 --local 3 --warmup 0 --repeats 3 --keep");
    does("history compare 1 2 3");
    assertThat(cli.out)
        .contains("reference", "within noise (noise 5.7 %)", "not compared: another network");
    Path csv = home.resolve("runs.csv");
    does("history export 1 2 --csv " + csv);
    assertThat(Files.readAllLines(csv)).hasSize(1 + 2 * 6);
  }

  @Test
  void aDeletedRunCanBeBroughtBack() {
    does(RUN + " --keep");
    does("history delete 1");
    assertThat(cli.out).contains("history restore 1");
    does("history list");
    assertThat(cli.out).startsWith("No run was kept yet.");
    does("history restore 1");
    does("history show 1");
  }

  @Test
  void runsDeletedTogetherCanAllBeBroughtBack() throws Exception {
    does(RUN + " --keep");
    Path history = home.resolve(".edgeld/history");
    StringBuilder numbers = new StringBuilder(" 1");
    for (int i = 2; i <= 51; i++) {
      Path copy = Files.createDirectory(history.resolve("%05d".formatted(i)));
      Files.copy(history.resolve("00001/run.json"), copy.resolve("run.json"));
      numbers.append(' ').append(i);
    }
    does("history delete" + numbers + " 51");
    assertThat(cli.out.lines()).hasSize(51);
    for (int i = 1; i <= 51; i++) {
      does("history restore " + i);
    }
    does("history list");
    assertThat(cli.out).contains("#1 ", "#51 ");
  }

  @Test
  void nothingIsDeletedIfOneOfTheNumbersIsNotThere() {
    does(RUN + " --keep");
    assertThat(cli.execute("history delete 1 99")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("no run 99", "Maybe");
    assertThat(cli.out).doesNotContain("Deleted");
    does("history show 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "history show 7",
        "history rename 7 x",
        "history tag 7 x",
        "history pin 7",
        "history delete 7",
        "history restore 7",
        "history compare 7 8",
        "history rerun 7 --local 2",
        "history export 7 --csv x.csv",
        "history list --order fastest"
      })
  void whatIsNotThereIsSaidInASentence(String command) {
    cli.refuses(command, "Maybe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "list ",
        "show ",
        "rename ",
        "tag ",
        "pin ",
        "compare ",
        "rerun ",
        "export ",
        "delete ",
        "restore "
      })
  void everyCommandHelps(String command) {
    assertThat(cli.execute("history " + command + "--help")).isEqualTo(ExitCode.OK);
    assertThat(cli.out).startsWith("Usage: workbench history");
  }
}
