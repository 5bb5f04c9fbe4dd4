package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.message.Emulation;
import org.edgeld.program.Precision;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.RunRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code run} takes, prints and writes. */
@Tag("core")
class RunCommandTest extends CommandLineFixture {
  @Test
  void sharesAndLinksOfUnequalAgentsAreDealtOutInTurn() {
    assertThat(
            cli.execute(
                "run --model fashion --local 3 --cpu-share 0.2,0.1 --link-mbps 1000,100,50"))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.spec.orElseThrow().emulations())
        .containsExactly(
            new Emulation(0.2, 1_000_000_000, 0, 0),
            new Emulation(0.1, 100_000_000, 0, 0),
            new Emulation(0.2, 50_000_000, 0, 0));
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
    assertThat(
            List.of(
                plan.method().strategy(),
                plan.method().fusion(),
                plan.method().routing(),
                plan.method().headRole()))
        .isEqualTo(List.of("equal", "2", Routing.HEAD, HeadRole.LEADER));
    assertThat(plan.method().precision()).isEqualTo(Precision.INT8);
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

    assertThat(plan.method().strategy()).isEqualTo("ocbp-paper");
    assertThat(plan.method().headRole()).isEqualTo(HeadRole.LEADER);
    assertThat(plan.method().poolsOnHead()).isTrue();
    assertThat(plan.method().routing()).isEqualTo(Routing.HEAD);
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
}
