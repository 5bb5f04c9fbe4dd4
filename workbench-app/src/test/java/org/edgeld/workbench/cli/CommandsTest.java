package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.Emulation;
import org.edgeld.program.Precision;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.results.GridCsv;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class CommandsTest {
  @TempDir Path folder;
  private CliHarness cli;

  @BeforeEach
  void createCli() {
    cli = new CliHarness(folder);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "window ",
        "discover ",
        "cluster ",
        "cluster start ",
        "models ",
        "profile ",
        "plan ",
        "simulate ",
        "run "
      })
  void everyCommandHelps(String command) {
    assertThat(cli.execute(command + "--help")).isEqualTo(ExitCode.OK);
    assertThat(cli.out).startsWith("Usage: workbench").contains("--verbose");
    assertThat(cli.err).isEmpty();
    if (!command.equals("cluster ")) {
      assertThat(cli.out).contains("Example");
    }
  }

  @Test
  void helpNamesEveryStrategyThereIs() {
    cli.execute("plan --help");
    for (SplitStrategy strategy : SplitStrategies.load().all()) {
      assertThat(cli.out).contains(strategy.id());
      strategy.options().forEach(option -> assertThat(cli.out).contains(option.name()));
    }
  }

  @Test
  void aWindowComesWithTheLocalAgentsAskedFor() {
    assertThat(cli.execute("window --local 3 --cpu-share 0.5")).isEqualTo(ExitCode.OK);
    assertThat(cli.execute("window")).isEqualTo(ExitCode.OK);
    assertThat(cli.windows).containsExactly(3, 0);
    assertThat(cli.execute("window --cpu-share 0.5")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("Maybe add --local");
  }

  @Test
  void runWritesEveryFileAndPrintsASummary() throws Exception {
    Path csv = folder.resolve("r.csv");
    Path result = folder.resolve("r.json");
    Path trace = folder.resolve("r.trace");
    Path output = folder.resolve("r.f32");
    int code =
        cli.executeWords(
            "run",
            "--model",
            "alexnet",
            "--input-size",
            "96",
            "--local",
            "3",
            "--cpu-share",
            "0.35",
            "--link-mbps",
            "1000",
            "--link-delay-ms",
            "0.5",
            "--strategy",
            "equal",
            "--fusion",
            "2",
            "--routing",
            "head",
            "--precision",
            "int8",
            "--head",
            "local-2",
            "--head-role",
            "leader",
            "--warmup",
            "1",
            "--repeats",
            "3",
            "--seed",
            "5",
            "--csv",
            csv.toString(),
            "--json",
            result.toString(),
            "--trace",
            trace.toString(),
            "--output",
            output.toString());

    assertThat(code).as(cli.err).isEqualTo(ExitCode.OK);
    assertThat(cli.services.spec)
        .contains(new LocalClusterSpec(3, new Emulation(0.35, 1_000_000_000L, 500_000, 0), 1));
    RunRequest run = cli.services.runs.get(0);
    PlanRequest plan = run.planned().request();
    assertThat(List.of(plan.strategy(), plan.fusion(), plan.routing(), plan.headRole()))
        .isEqualTo(List.of("equal", "2", Routing.HEAD, HeadRole.LEADER));
    assertThat(plan.precision()).isEqualTo(Precision.INT8);
    assertThat(plan.graph().input().height()).isEqualTo(96);
    assertThat(cli.services.lastHead().index()).isEqualTo(1);
    assertThat(List.of(run.warmup(), run.repeats(), run.seed())).isEqualTo(List.of(1, 3, 5L));
    assertThat(cli.services.calls).containsExactly("open", "startLocal", "profile", "run", "close");
    assertThat(json(result).get("head").asText()).isEqualTo("local-2");
    assertThat(json(result).get("input").asText()).isEqualTo("noise of seed 5");
    assertThat(json(trace).isArray()).isTrue();
    assertThat(Files.readAllLines(csv)).hasSize(1 + 6);
    assertThat(Files.size(output)).isEqualTo(8);
    assertThat(cli.out)
        .contains("11.5", "10.5 … 12.5", "2.70", "Warning: The devices shared two cores.");
    assertThat(cli.err).contains("50 % Profiling").doesNotContain("\r");
  }

  @Test
  void batchesAreRunAndTheirThroughputIsShown() {
    assertThat(
            cli.execute(
                "run --model alexnet --local 2 --strategy equal --frames 24 --in-flight 8"
                    + " --repeats 3"))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.runs.get(0).batch()).isEqualTo(new Batch(24, 8));
    // the fake's batches take 24 times 10.5, 11.5 and 12.5 ms
    assertThat(cli.out)
        .contains("24 frames, 8 in flight", "86.957", "80.000 … 95.238", "endless stream")
        .contains("for a frame alone");
  }

  @Test
  void aSchemeDecidesWhatItDescribes() {
    assertThat(cli.execute("run --model alexnet --local 2 --scheme edgeld --fusion between-pools"))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    PlanRequest plan = cli.services.runs.get(0).planned().request();

    assertThat(plan.strategy()).isEqualTo("ocbp-paper");
    assertThat(plan.headRole()).isEqualTo(HeadRole.LEADER);
    assertThat(plan.poolsOnHead()).isTrue();
    assertThat(plan.routing()).isEqualTo(Routing.HEAD);
    assertThat(cli.out).contains("scheme edgeld");
  }

  @Test
  void anAnswerThatDiffersFromTheUndividedNetworkFailsButIsWritten() {
    cli.services.maxAbsError = 0.1;
    Path csv = folder.resolve("r.csv");

    assertThat(cli.execute("run --model alexnet --local 2 --csv " + csv))
        .isEqualTo(ExitCode.FAILED);
    assertThat(cli.err).contains("The output differs by 0.1 from the undivided network's");
    assertThat(csv).exists();

    cli.services.maxAbsError = Double.NaN;
    assertThat(cli.execute("run --model alexnet --local 2")).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aWriterThatFailsAtTheEndLosesNothing() throws Exception {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Path result = folder.resolve("r.json");
    cli.services.onRun =
        () -> {
          try {
            Files.delete(gone);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };

    int code =
        cli.execute(
            "run --model alexnet --local 2 --csv " + gone.resolve("r.csv") + " --json " + result);
    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(cli.err).contains("Cannot write " + gone.resolve("r.csv"));
    assertThat(cli.out).contains("run,started,model,input_size");
    assertThat(json(result).get("model").asText()).isEqualTo("alexnet");
  }

  @Test
  void cancellingReleasesTheAgents() {
    cli.services.onRun = cli.cancellation::cancel;

    assertThat(cli.execute("run --model alexnet --local 2")).isEqualTo(ExitCode.CANCELLED);
    assertThat(cli.err).endsWith("Cancelled. The agents are idle again.\n");
    assertThat(cli.services.calls).endsWith("run", "close");
  }

  @Test
  void discoveredAgentsAreTakenByNameAndTheHeadIsAmongThem() throws IOException {
    Path key = Files.writeString(folder.resolve("k"), "");
    cli.services.discoverable.addAll(
        List.of(
            FakeServices.ready("pi-1", 1),
            FakeServices.agent("pi-2", 2, KnownAgent.Status.BUSY, ""),
            FakeServices.ready("pi-3", 3),
            FakeServices.ready("pi-4", 4)));

    assertThat(cli.execute("run --model alexnet --discover 2 --head pi-4 --key-file " + key))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.runs.get(0).agents().stream().map(KnownAgent::name))
        .containsExactly("pi-1", "pi-4");
    assertThat(cli.services.lastHead().index()).isEqualTo(1);
    assertThat(cli.services.keyFile()).isEqualTo(key);
  }

  @Test
  void namedAgentsKeepTheirOrder() {
    assertThat(cli.execute("run --model alexnet --agents 10.0.0.9:9,10.0.0.2:2")).isEqualTo(0);
    assertThat(cli.services.runs.get(0).agents().stream().map(KnownAgent::name))
        .containsExactly("board-9", "board-2");
  }

  @Test
  void discoverPrintsAndWritesWhatItFound() throws Exception {
    cli.services.discoverable.add(FakeServices.ready("pi-1", 4001));
    cli.services.discoverable.add(
        FakeServices.agent("pi-2", 4002, KnownAgent.Status.REFUSED, "It has another key."));
    Path file = folder.resolve("agents.json");

    assertThat(cli.execute("discover --wait-ms 0 --port 5000 --json " + file)).isEqualTo(0);
    assertThat(cli.out)
        .contains("pi-1", "127.0.0.1:4001", "ready", "CPU 0.35, 1000 Mbit/s", "another key");
    assertThat(cli.services.settings.orElseThrow().discoveryPort()).isEqualTo(5000);
    assertThat(json(file).at("/1/status").asText()).isEqualTo("refused");
  }

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
    assertThat(cli.services.runs.get(0).planned().request().strategy()).isEqualTo("joint");

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
  void simulatePrintsAndWritesAGridOfClusters() throws Exception {
    Path csv = folder.resolve("grid.csv");
    Path file = folder.resolve("grid.json");

    assertThat(
            cli.execute(
                "simulate --model alexnet --gflops 8 --devices 2,3 --link-mbps 100,1000"
                    + " --link-delay-ms 0.5 --strategy ocbp/layer/peer,edgeld,remote --csv "
                    + csv
                    + " --json "
                    + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).isEmpty();
    assertThat(cli.out)
        .contains("boards", "local ms", "ocbp/layer/peer", "edgeld", "bound", "gap %")
        .containsPattern("8 GFLOP/s +1000 +3 +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+");
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(1 + 2 * 2 * 3);
    assertThat(lines.get(0)).isEqualTo(String.join(",", GridCsv.COLUMNS));
    assertThat(lines.get(2))
        .startsWith(
            "alexnet,224,8 GFLOP/s,2,100.0,0.5,edgeld,ocbp-paper,between-pools,head,leader");
    JsonNode clusters = json(file).get("clusters");
    assertThat(clusters).hasSize(4);
    for (JsonNode cluster : clusters) {
      assertThat(cluster.get("plans").findValuesAsText("contender"))
          .containsExactly("ocbp/layer/peer", "edgeld", "remote");
      for (JsonNode plan : cluster.get("plans")) {
        assertThat(plan.get("speedupLocal").asDouble())
            .isCloseTo(
                cluster.get("localMs").asDouble() / plan.get("predictedMs").asDouble(),
                within(1e-9))
            .isLessThanOrEqualTo(cluster.get("largestSpeedup").asDouble());
      }
    }
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

  @Test
  void simulateTakesOptionsForTheStrategiesThatHaveThem() throws Exception {
    Path file = folder.resolve("grid.json");
    assertThat(
            cli.execute(
                "simulate --model alexnet --gflops 8 --devices 2 --strategy equal,manual/layer"
                    + " --option rows=3,1 --json "
                    + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    JsonNode plans = json(file).at("/clusters/0/plans");
    assertThat(plans.findValuesAsText("contender"))
        .containsExactly("equal", "manual/layer rows=3,1");
    assertThat(plans.at("/1/options/rows").asText()).isEqualTo("3,1");
    assertThat(plans.at("/1/predictedMs").asDouble())
        .isGreaterThan(plans.at("/0/predictedMs").asDouble());
  }

  @Test
  void simulateTakesBoardsInTurn() {
    assertThat(
            cli.execute(
                "simulate --model alexnet --board pi4:8:4 --board nano:60:25 --devices 4"
                    + " --strategy equal,remote"))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.out).containsPattern("pi4\\+nano +1000 +4 ");
    assertThat(cli.execute("simulate --model alexnet --gflops 8 --devices 1 --strategy remote"))
        .isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("No plan of remote for 1 devices: ");
  }

  @Test
  void profilePrintsHowRegularTheDevicesAre() throws Exception {
    Path file = folder.resolve("profile.json");
    assertThat(cli.execute("profile --model vgg16 --input-size 64 --local 2 --json " + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    JsonNode fit = json(file).at("/devices/1/fit");
    assertThat(fit.get("classes").findValuesAsText("operators"))
        .containsExactly("conv 3×3", "linear", "pool", "move");
    JsonNode heldOut = fit.get("heldOut");
    // flatten
    assertThat(heldOut.get("layersAlone").asInt()).isEqualTo(1);
    // this cluster takes a nanosecond for an operation, and nothing else
    assertThat(heldOut.get("medianErrorPercent").asDouble()).isLessThan(0.1);
    assertThat(heldOut.get("samples")).isNotEmpty();
    assertThat(cli.out).containsPattern("B +conv 3×3 +\\d+ +").contains("within 10 %");
  }

  @Test
  void profilePrintsLayersRegressionAndLinks() throws Exception {
    Path file = folder.resolve("profile.json");

    assertThat(cli.execute("profile --model alexnet --local 2 --json " + file)).isEqualTo(0);
    assertThat(cli.out).contains("conv5", "a·FLOPs + b", "local-2", "Links");
    assertThat(json(file).at("/devices/0/regression/a").asDouble()).isEqualTo(1e-9);
    assertThat(json(file).get("links")).hasSize(2);
  }

  @Test
  void modelsListsTheCatalogueAndTheLayersOfOne() throws Exception {
    Path file = folder.resolve("models.json");

    assertThat(cli.execute("models --json " + file)).isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("vgg16", "138.358", "3×224×224");
    assertThat(json(file).findValuesAsText("model")).contains("vgg11", "vgg19", "alexnet");

    assertThat(cli.execute("models vgg16 --input-size 96")).isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("conv5_3", "512×6×6", "conv 3×3, relu");
  }

  @Test
  void clusterStartRunsUntilStandardInputCloses() throws Exception {
    Path file = folder.resolve("cluster.json");
    try (PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream reader = new PipedInputStream(writer)) {
      cli.stdin = reader;
      cli.services.onStarted =
          () -> {
            try {
              writer.close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          };
      int code =
          cli.execute(
              "cluster start --agents 2 --cpu-share 0.5 --until-stdin-closes --json " + file);
      assertThat(code).isEqualTo(ExitCode.OK);
    }
    assertThat(cli.out)
        .contains("--agents 127.0.0.1:40001,127.0.0.1:40002")
        .contains("--key-file " + folder.resolve(".edgeld").resolve("key"));
    assertThat(json(file).get("agents")).hasSize(2);
    assertThat(cli.services.calls).containsExactly("open", "startLocal", "close");
  }

  @Test
  void clusterStartRunsUntilItIsCancelled() {
    cli.services.onStarted = cli.cancellation::cancel;

    assertThat(cli.execute("cluster start --agents 1")).isEqualTo(ExitCode.OK);
    assertThat(cli.services.spec)
        .isEqualTo(Optional.of(new LocalClusterSpec(1, Emulation.NONE, 1)));
    assertThat(cli.services.calls).endsWith("close");
  }

  @Test
  void aProfileThatIsTypedInIsSavedWithoutAgents() throws Exception {
    Path saved = folder.resolve("typed.profile.json");
    assertThat(
            cli.execute(
                "profile --model fashion --board 2xpi4:8:4 --board old:2:1:::100 --save " + saved))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).isEmpty();
    assertThat(cli.out).contains("pi4-1", "pi4-2", "old");
    assertThat(cli.execute("plan --model fashion --profile " + saved)).as(cli.err).isZero();
    String asSaved = cli.out;
    assertThat(cli.execute("plan --model fashion --board 2xpi4:8:4 --board old:2:1:::100"))
        .isZero();
    assertThat(cli.out).isEqualTo(asSaved);
    assertThat(cli.services.calls).isEmpty();
    assertThat(cli.execute("profile --model fashion --local 2 --board pi4:8"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("Only one of --board, --local");
  }

  @Test
  void aSavedProfileIsPlannedAndRunWithWithoutMeasuringAgain() throws Exception {
    Path saved = folder.resolve("boards.profile.json");
    assertThat(cli.execute("profile --model fashion --local 2 --cpu-share 0.35 --save " + saved))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    cli.services.calls.clear();
    assertThat(cli.execute("plan --model fashion --profile " + saved)).as(cli.err).isZero();
    assertThat(cli.services.calls).isEmpty();
    assertThat(cli.execute("run --model fashion --local 2 --cpu-share 0.35 --profile " + saved))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).containsExactly("open", "startLocal", "run", "close");
    assertThat(cli.execute("run --model fashion --local 3 --cpu-share 0.35 --profile " + saved))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("is of other devices");
    assertThat(cli.execute("plan --model alexnet --profile " + saved))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("model (fashion) is not alexnet");
    assertThat(cli.execute("plan --model fashion --board pi4:8:4 --profile " + saved))
        .isEqualTo(ExitCode.BAD_INPUT);
  }
}
