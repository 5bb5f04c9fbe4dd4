package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code plan} prints and keeps. */
@Tag("core")
class PlanCommandTest extends CommandLineFixture {
  @Test
  void planPrintsWhichRowsRunWhere() throws Exception {
    Path file = folder.resolve("plan.json");

    assertThat(
            cli.execute(
                "plan --model alexnet --local 2 --strategy equal --fusion layer --json " + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.out)
        .contains("A local-1", "B local-2", "conv1", "Predicted latency", "Bytes moved", "memory")
        .containsPattern("1 +conv1 +55 +\\[0, \\d+\\) +\\[\\d+, 55\\)");
    assertThat(json(file).get("predictedMs").asDouble()).isPositive();
    assertThat(json(file).get("stages").size()).isPositive();
    JsonNode explanation = json(file).get("explanation");
    assertThat(cli.out).endsWith(explanation.get("sentence").asText() + "\n");
    assertThat(cli.out).contains("Busiest ", "Critical path      A computes ");
    assertThat(explanation.at("/busiest/sharePercent").asDouble()).isBetween(1.0, 100.0);
    assertThat(explanation.get("criticalPath").findValuesAsText("what")).isNotEmpty();
    assertThat(cli.services.calls).doesNotContain("run");
  }

  @Test
  void planComparesAllStrategiesOnOneProfile() throws Exception {
    Path file = folder.resolve("plans.json");

    assertThat(cli.execute("plan --model alexnet --local 2 --strategy all --json " + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).containsExactly("open", "startLocal", "profile", "close");
    assertThat(cli.out)
        .contains("strategy", "predicted ms", "speedup", "lower bound ms", "gap %", "MB moved")
        .containsPattern("joint +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+")
        .containsPattern("ocbp-paper +[0-9]");
    assertThat(cli.err).contains("Planning with joint");
    JsonNode document = json(file);
    assertThat(document.get("plans").findValuesAsText("strategy")).contains("joint", "single");
    double before = 0;
    for (JsonNode plan : document.get("plans")) {
      double predicted = plan.get("predictedMs").asDouble();
      double bound = plan.get("lowerBoundMs").asDouble();
      assertThat(predicted).isGreaterThanOrEqualTo(before);
      assertThat(plan.get("gapPercent").asDouble())
          .isCloseTo(100 * (predicted / bound - 1), within(1e-4));
      double least = 1 / plan.get("mostFramesPerSecond").asDouble();
      assertThat(plan.get("throughputGapPercent").asDouble())
          .isCloseTo(100 * (1 / plan.get("framesPerSecond").asDouble() / least - 1), within(1e-4))
          .isGreaterThanOrEqualTo(0);
      assertThat(plan.get("bytesMoved").isIntegralNumber()).isTrue();
      assertThat(plan.get("memoryBytes")).hasSize(2);
      assertThat(plan.get("speedupLocal").asDouble())
          .isCloseTo(document.get("localMs").asDouble() / predicted, within(1e-9));
      before = predicted;
    }
  }

  @Test
  void aStrategyThatHasNoPlanSaysWhyAndTheOthersArePlanned() throws Exception {
    Path file = folder.resolve("plans.json");

    assertThat(cli.execute("plan --model alexnet --local 1 --strategy all --json " + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.out).containsPattern("remote +–").contains("No plan of remote: ");
    assertThat(json(file).at("/infeasible/0/strategy").asText()).isEqualTo("remote");
    assertThat(json(file).at("/infeasible/0/reason").asText()).endsWith(".");
  }

  @Test
  void boardsThatNobodyOwnsArePlannedForWithoutAgents() throws Exception {
    Path file = folder.resolve("plan.json");

    assertThat(
            cli.execute(
                "plan --model alexnet --board 2xpi4:8:4:4000:50 --board jetson:60 --head jetson"
                    + " --link-mbps 100 --link-delay-ms 0.5 --strategy equal --json "
                    + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).isEmpty();
    assertThat(cli.out).contains("A pi4-1", "B pi4-2", "C jetson", "head jetson");
    double predicted = json(file).get("predictedMs").asDouble();

    assertThat(
            cli.execute(
                "plan --model alexnet --board 2xpi4:8:4:4000:50 --board jetson:60 --head jetson"
                    + " --link-mbps 10 --link-delay-ms 0.5 --strategy equal --json "
                    + file))
        .isEqualTo(ExitCode.OK);
    assertThat(json(file).get("predictedMs").asDouble()).isGreaterThan(predicted);
  }

  @Test
  void aSavedPlanIsPlannedAndRunAgain() throws Exception {
    Path plan = folder.resolve("joint.plan.json");
    String cluster = " --model alexnet --local 3";
    assertThat(cli.execute("plan" + cluster + " --head local-2 --strategy joint --save " + plan))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    String printed = cli.out;

    assertThat(cli.execute("plan" + cluster + " --plan " + plan)).as(cli.err).isEqualTo(0);
    assertThat(cli.out).isEqualTo(printed);

    assertThat(cli.execute("run" + cluster + " --plan " + plan)).as(cli.err).isEqualTo(0);
    assertThat(cli.services.lastHead().index()).isEqualTo(1);
    assertThat(cli.services.runs.get(0).planned().request().method().strategy()).isEqualTo("joint");

    cli.services.calls.clear();
    cli.refuses("run --model alexnet --local 2 --plan " + plan, "(3) are not as many", "(2)");
    cli.refuses("run --model vgg16 --local 3 --plan " + plan, plan + ": model (alexnet)");
    cli.refuses("run" + cluster + " --strategy ocbp --plan " + plan, "other options do, too");
    cli.refuses("plan" + cluster + " --strategy all --plan " + plan, "other options do, too");
    Files.writeString(plan, Files.readString(plan).replace("\"joint\"", "\"jiont\""));
    cli.refuses("run" + cluster + " --plan " + plan, "madeBy: \"jiont\" is not a strategy");
    cli.refuses("run" + cluster + " --plan missing.json", "there is no such file");
    cli.refuses("plan" + cluster + " --strategy all --save x", "--save keeps one plan");
    cli.refuses("plan" + cluster + " --json x --save x", "named for two results");
  }

  @Test
  void refiningTimesThePlansOwnStepsBeforeItIsPrintedOrRun() throws Exception {
    Path file = folder.resolve("plan.json");
    assertThat(
            cli.execute(
                "plan --model fashion --local 2 --strategy equal --refine 2 --json " + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).containsOnlyOnce("refine 1");
    assertThat(json(file).get("timedSteps").asInt())
        .isEqualTo(json(file).get("steps").asInt())
        .isPositive();
    assertThat(cli.out).contains("of them timed as they run");
    cli.services.calls.clear();
    assertThat(cli.execute("run --model fashion --local 2 --strategy equal --refine 1"))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls)
        .containsExactly("open", "startLocal", "profile", "refine 1", "run", "close");
  }

  @Test
  void aSavedPlanIsTimedButStaysWhatItIs() throws Exception {
    Path saved = folder.resolve("equal.plan.json");
    assertThat(cli.execute("plan --model fashion --local 2 --strategy equal --save " + saved))
        .isEqualTo(ExitCode.OK);
    assertThat(cli.execute("run --model fashion --local 2 --refine 3 --plan " + saved))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).containsOnlyOnce("refine 1");
  }
}
