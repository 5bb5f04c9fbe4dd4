package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.run.RunFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class SweepCommandTest extends CommandLineFixture {
  /** 2 links × (2 numbers of devices × 2 strategies + a twin) × 2 rounds. */
  private static final int TRIALS = 20;

  private Path spec;
  private Path out;

  @BeforeEach
  void writeSpecification() throws IOException {
    spec = folder.resolve("spec.json");
    out = folder.resolve("out");
    Files.writeString(
        spec,
        """
        {"models": ["fashion"], "devices": [2, 3], "cpuShares": [0.2], "linkMbps": [10, 100],
         "strategies": ["ocbp", "equal"], "repeats": 3, "rounds": 2, "seed": 4}
        """);
  }

  private List<String> trials() throws IOException {
    return Files.readAllLines(out.resolve("trials.jsonl"));
  }

  @Test
  void everyTrialIsMeasuredAndEachClusterStartedOnceARound() throws Exception {
    int code = cli.execute("sweep " + spec + " --out " + out);
    assertThat(code).as(cli.err).isEqualTo(ExitCode.OK);
    assertThat(trials()).hasSize(TRIALS);
    assertThat(cli.services.calls).filteredOn("startLocal"::equals).hasSizeBetween(3, 4);
    assertThat(cli.err).containsPattern("Agents are started [34] times, about");
    assertThat(cli.services.calls).filteredOn(call -> call.equals("profile")).hasSize(2);
    assertThat(cli.services.spec.orElseThrow().agents()).isEqualTo(3);
    assertThat(cli.out).contains("20 trials measured, 0 without a plan, 0 failed.");
    assertThat(cli.err).contains("20 trials of 8 configurations, about").contains("left");
    assertThat(out.resolve("profiles").toFile().list()).hasSize(2);
    assertThat(out.resolve("environment.json")).content().contains("graphSha256", "kernel");
  }

  @Test
  void aDryRunPrintsTrialsAndDurationAndTouchesNothing() {
    assertThat(cli.execute("sweep " + spec + " --dry-run")).as(cli.err).isEqualTo(ExitCode.OK);
    assertThat(cli.out.lines()).hasSize(TRIALS + 1);
    assertThat(cli.out).contains("c000-r0  fashion 28×28, 2 devices, share 0.2, 10 Mbit/s, ocbp");
    assertThat(cli.out).contains("by estimate");
    assertThat(out).doesNotExist();
    assertThat(cli.services.calls).isEmpty();
  }

  @Test
  void aSweepThatWasCancelledGoesOnWhereItStopped() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    cli.services.onRun =
        () -> {
          if (runs.incrementAndGet() == 8) {
            cli.cancellation.cancel();
          }
        };
    assertThat(cli.execute("sweep " + spec + " --out " + out)).isEqualTo(ExitCode.CANCELLED);
    assertThat(cli.err).contains("Go on with: sweep --resume " + out);
    List<String> before = trials();
    assertThat(before).hasSize(7);
    CliHarness again = new CliHarness(folder);
    assertThat(again.execute("sweep --resume " + out)).as(again.err).isEqualTo(ExitCode.OK);
    assertThat(trials()).hasSize(TRIALS).startsWith(before.toArray(String[]::new));
    assertThat(again.services.calls).filteredOn(call -> call.equals("run")).hasSize(13);
    assertThat(again.services.calls)
        .as("profiles are kept")
        .filteredOn("profile"::equals)
        .hasSizeLessThan(2);
    CliHarness done = new CliHarness(folder);
    assertThat(done.execute("sweep --resume " + out)).isEqualTo(ExitCode.OK);
    assertThat(done.services.calls).doesNotContain("startLocal", "run");
  }

  @Test
  void aTrialThatFailsIsRecordedWithItsCauseAndTheRestRuns() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    cli.services.onRun =
        () ->
            cli.services.runFailure =
                runs.incrementAndGet() == 3
                    ? Optional.of(new RunFailedException("local-1 is on fire."))
                    : Optional.empty();
    assertThat(cli.execute("sweep " + spec + " --out " + out)).isEqualTo(ExitCode.OK);
    assertThat(trials()).hasSize(TRIALS);
    assertThat(trials().get(2)).contains("\"failed\":\"local-1 is on fire.\"");
    assertThat(cli.out).contains("19 trials measured, 0 without a plan, 1 failed.");
  }

  @Test
  void aSweepWaitsWhileTheFileToPauseItIsThere() throws Exception {
    Path pause = out.resolve("pause");
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger runsAtPause = new AtomicInteger();
    CountDownLatch paused = new CountDownLatch(1);
    cli.services.onRun =
        () -> {
          if (runs.incrementAndGet() == 3) {
            try {
              Files.createFile(pause);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            paused.countDown();
          }
        };
    Thread user =
        new Thread(
            () -> {
              try {
                paused.await();
                while (trials().size() < 3) {
                  TimeUnit.MILLISECONDS.sleep(5);
                }
                // whoever does not wait would begin some trials meanwhile
                TimeUnit.MILLISECONDS.sleep(300);
                runsAtPause.set(runs.get());
                Files.delete(pause);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    user.start();
    assertThat(cli.execute("sweep " + spec + " --out " + out)).as(cli.err).isEqualTo(ExitCode.OK);
    user.join();
    assertThat(runsAtPause).hasValue(3);
    assertThat(trials()).hasSize(TRIALS);
    assertThat(cli.err)
        .contains("create the file " + pause, "Paused. To go on, delete " + pause, "goes on");
  }

  @Test
  void wrongOutputsAreMarkedAndEndASweepAsTheyEndARun() {
    cli.services.maxAbsError = 1;
    assertThat(cli.execute("sweep " + spec + " --out " + out)).isEqualTo(ExitCode.FAILED);
    assertThat(cli.out).contains("20 trials measured", "ocbp (WRONG OUTPUT)");
  }

  @Test
  void aTrialWithoutAPlanIsRecorded() throws Exception {
    Files.writeString(
        spec,
        """
        {"models": ["fashion"], "devices": [1], "strategies": ["remote", "single"],
         "noiseFloor": false}
        """);
    assertThat(cli.execute("sweep " + spec + " --out " + out)).isEqualTo(ExitCode.OK);
    assertThat(cli.services.spec).contains(new LocalClusterSpec(1, Emulation.NONE, 1));
    assertThat(cli.out).contains("1 trials measured, 1 without a plan, 0 failed.");
    assertThat(trials()).anyMatch(line -> line.contains("\"infeasible\":"));
  }

  @Test
  void aFolderThatHoldsASweepIsNotBegunAnewNorResumedWithAnotherSpecification() throws Exception {
    assertThat(cli.execute("sweep " + spec + " --out " + out)).isEqualTo(ExitCode.OK);
    assertThat(cli.execute("sweep " + spec + " --out " + out)).isEqualTo(ExitCode.BAD_INPUT);
    cli.saysOneSentence("holds a sweep already");
    assertThat(cli.execute("sweep " + spec + " --resume " + out)).isEqualTo(ExitCode.OK);
    Files.writeString(spec, Files.readString(spec).replace("\"seed\": 4", "\"seed\": 5"));
    assertThat(cli.execute("sweep " + spec + " --resume " + out)).isEqualTo(ExitCode.BAD_INPUT);
    cli.saysOneSentence("is not what the sweep in", "measures");
  }

  @Test
  void whatIsMissingIsSaid() {
    cli.refuses("sweep", "either --out or --resume");
    cli.refuses("sweep --out " + out, "needs a specification");
    cli.refuses("sweep missing.json --out " + out, "there is no such file");
    cli.refuses("sweep --resume " + out, "there is no such file");
    cli.refuses("sweep " + spec + " --out a --resume b", "either --out or --resume");
  }

  @Test
  void trialsThatFailedAreMeasuredAgainIfAskedFor() throws Exception {
    String text = Files.readString(spec);
    Files.writeString(spec, text.replace("\"seed\": 4", "\"seed\": 4, \"noiseFloor\": false"));
    AtomicInteger runs = new AtomicInteger();
    cli.services.onRun =
        () ->
            cli.services.runFailure =
                runs.incrementAndGet() % 3 == 0
                    ? Optional.of(new RunFailedException("local-1 is on fire."))
                    : Optional.empty();
    assertThat(cli.execute("sweep " + spec + " --out " + out)).isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("11 trials measured, 0 without a plan, 5 failed.");
    CliHarness unasked = new CliHarness(folder);
    assertThat(unasked.execute("sweep --resume " + out)).isEqualTo(ExitCode.OK);
    assertThat(unasked.services.calls).doesNotContain("run");
    List<String> measured =
        trials().stream().filter(line -> line.contains("\"measured\"")).toList();

    CliHarness again = new CliHarness(folder);
    assertThat(again.execute("sweep --resume " + out + " --retry-failed")).isEqualTo(ExitCode.OK);
    assertThat(again.err).contains("5 failed trials are measured again.");
    assertThat(again.out).contains("16 trials measured, 0 without a plan, 0 failed.");
    assertThat(trials()).hasSize(16).startsWith(measured.toArray(String[]::new));
    new CliHarness(folder)
        .refuses("sweep " + spec + " --out b --retry-failed", "--retry-failed goes on");
  }

  @Test
  void onlyAsManyAgentsAreAskedAsTheLargestTrialNeeds() throws Exception {
    Files.writeString(
        spec,
        """
        {"models": ["fashion"], "devices": [2], "strategies": ["equal"], "noiseFloor": false,
         "agents": ["a:7000", "b:7000", "c:7000"]}
        """);
    assertThat(cli.execute("sweep " + spec + " --out " + out)).as(cli.err).isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls)
        .contains("add a:7000", "add b:7000")
        .doesNotContain("add c:7000");
  }

  @Test
  void aNetworkThatWasReplacedMeanwhileIsRefused() throws Exception {
    assertThat(cli.execute("sweep " + spec + " --out " + out)).isEqualTo(ExitCode.OK);
    Path environment = out.resolve("environment.json");
    String text = Files.readString(environment);
    Files.writeString(
        environment, text.replaceFirst("(\"weightsSha256\" *: *\")[0-9a-f]{4}", "$10000"));
    assertThat(Files.readString(environment)).isNotEqualTo(text);
    assertThat(cli.execute("sweep --resume " + out)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err.lines().reduce((first, last) -> last))
        .hasValueSatisfying(
            last ->
                assertThat(last)
                    .startsWith("The network fashion is not the one that the sweep in")
                    .contains("Maybe its file was replaced"));
  }

  @Test
  void tooFewRoundsToPublishAreSaid() throws Exception {
    assertThat(cli.execute("sweep " + spec + " --out " + out)).isEqualTo(ExitCode.OK);
    String sentence = "Each configuration was measured in 2 trials";
    assertThat(cli.out).contains(sentence);
    assertThat(out.resolve("report.html")).content().contains(sentence);
    Files.writeString(spec, Files.readString(spec).replace("\"rounds\": 2", "\"rounds\": 3"));
    CliHarness enough = new CliHarness(folder);
    assertThat(enough.execute("sweep " + spec + " --out " + folder.resolve("enough")))
        .isEqualTo(ExitCode.OK);
    assertThat(enough.out).doesNotContain("Each configuration was measured");
  }
}
