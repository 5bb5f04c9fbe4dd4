package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.model.ModelGraph;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Outcome;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.ConvolutionGrid;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.ui.doubles.EchoRunner;
import org.edgeld.workbench.ui.doubles.ListedDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may go wrong in a sweep on agents that exist only in memory. */
@Tag("core")
@Timeout(60)
class SturdySweepTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path home;

  private final EchoRunner runner = new EchoRunner();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicLong aheadNanos = new AtomicLong();
  private final List<String> said = new ArrayList<>();
  private final List<Long> begun = new ArrayList<>();
  private final List<Long> finished = new ArrayList<>();
  private boolean cancelled;
  private int looksToCoolDown = Integer.MAX_VALUE;
  private AgentDirectory directory = new ListedDirectory(List.of());
  private Profiler profiler =
      (graph, agents, monitor) -> SyntheticCluster.equal(graph, agents.size(), 1e9, 1e9);
  private SweepSpec spec = Specs.sweep(List.of(1, 2), List.of(100.0), List.of("equal"), 2, 7);

  private final JobMonitor monitor =
      new JobMonitor() {
        @Override
        public void progress(String what, double fraction) {
          said.add(what);
        }

        @Override
        public boolean cancelled() {
          return cancelled || (!finished.isEmpty() && looksToCoolDown-- <= 0);
        }
      };

  /** Notes when trials begin and end. */
  private final class Times implements SweepListener {
    @Override
    public void begins(Trial trial, int done, int of, double secondsLeft) {
      begun.add(now());
    }

    @Override
    public void finished(TrialRecord record, int done, int of) {
      finished.add(now());
    }
  }

  /** Time goes on as ever, and leaps when a test says so. */
  private long now() {
    return System.nanoTime() + aheadNanos.get();
  }

  private List<TrialRecord> run() throws Exception {
    SweepFolder folder = new SweepFolder(home.resolve("sweep"));
    if (!folder.spec().toFile().exists()) {
      folder.create(spec);
    }
    SweepServices services =
        new SweepServices(
            directory,
            profiler,
            DefaultPlanner.load(),
            runner,
            new Networks(SampleModels.all(), home.resolve("cache")));
    return new Sweep(services, Clock.systemUTC(), this::now)
        .run(folder, spec, new Times(), monitor, new PauseSwitch());
  }

  private void hang(JobMonitor part) throws JobCancelledException {
    while (true) {
      aheadNanos.addAndGet(SECOND);
      part.checkCancelled();
    }
  }

  private static List<String> causes(List<TrialRecord> records) {
    return records.stream()
        .map(TrialRecord::outcome)
        .map(outcome -> outcome instanceof Failed failed ? failed.cause() : "")
        .toList();
  }

  @Test
  void whatNobodyForesawFailsATrialAndNotTheSweep() throws Exception {
    spec = new SweepSpec(spec.name(), spec.agents(), spec.grids(), false, spec.procedure());
    runner.meanwhile(
        part -> {
          switch (runs.getAndIncrement()) {
            case 1 -> throw new IllegalStateException("the plan is upside down");
            case 2 -> throw new OutOfMemoryError("Java heap space");
            case 3 -> throw new StackOverflowError();
            default -> {}
          }
        });
    List<TrialRecord> records = run();
    assertThat(records).hasSameSizeAs(Schedule.trials(spec)).hasSize(4);
    List<String> causes = causes(records);
    assertThat(causes.get(1)).contains("IllegalStateException: the plan is upside down");
    assertThat(causes.get(2)).contains("OutOfMemoryError: Java heap space");
    assertThat(causes.get(3)).contains("StackOverflowError");
    assertThat(causes).filteredOn(String::isEmpty).hasSize(records.size() - 3);
    int before = runs.get();
    assertThat(run()).isEqualTo(records);
    assertThat(runs.get()).as("none meets the sweep again").isEqualTo(before);
  }

  @Test
  void aTrialThatTakesTooLongFailsAndTheRestRuns() throws Exception {
    runner.meanwhile(
        part -> {
          if (runs.incrementAndGet() == 2) {
            hang(part);
          }
        });
    List<TrialRecord> records = run();
    List<String> causes = causes(records);
    assertThat(causes.get(1)).startsWith("It took longer than the time limit of 60 s.");
    assertThat(causes).filteredOn(String::isEmpty).hasSize(records.size() - 1);
    assertThat(records.get(1).seconds()).isGreaterThanOrEqualTo(60);
  }

  @Test
  void aProfileThatHangsFailsATrialAndIsMeasuredAnewForTheNext() throws Exception {
    ListedDirectory started = new ListedDirectory(List.of());
    directory = started;
    Profiler sound = profiler;
    AtomicInteger profiles = new AtomicInteger();
    profiler =
        (graph, agents, part) -> {
          if (profiles.incrementAndGet() == 1) {
            hang(part);
          }
          return sound.profile(graph, agents, part);
        };
    List<TrialRecord> records = run();
    List<String> causes = causes(records);
    assertThat(causes.get(0))
        .startsWith(
            "Starting and profiling agents took longer than %d s."
                .formatted(TrialMeasurement.LEAST_PREPARATION_SECONDS));
    assertThat(causes).filteredOn(String::isEmpty).hasSize(records.size() - 1);
    assertThat(profiles).hasValue(2);
    assertThat(started.started()).as("agents that hang are started anew").hasSize(2);
  }

  @Test
  void localAgentsThatDoNotAllStartAreStopped() throws Exception {
    ListedDirectory started = new ListedDirectory(List.of());
    directory = started;
    started.onStart =
        () -> {
          assertThat(started.agents()).as("those of this start").hasSize(2);
          if (started.started().size() == 1) {
            throw new IllegalStateException("one does not answer");
          }
        };
    List<TrialRecord> records = run();
    assertThat(causes(records).get(0)).contains("one does not answer");
    assertThat(causes(records)).filteredOn(String::isEmpty).hasSize(records.size() - 1);
    assertThat(started.agents()).isEmpty();
  }

  @Test
  void aTrialThatFailsBecauseTheUserStopsIsNotRecorded() throws Exception {
    runner.meanwhile(
        part -> {
          if (runs.incrementAndGet() == 2) {
            cancelled = true;
            throw new IllegalStateException("the agents are gone");
          }
        });
    assertThatThrownBy(this::run).isInstanceOf(JobCancelledException.class);
    assertThat(new SweepFolder(home.resolve("sweep")).readTrials(spec)).hasSize(1);
    cancelled = false;
    assertThat(run()).allMatch(record -> record.outcome() instanceof Measured);
  }

  private AbsentBoards boards(int count, List<Integer> devices) {
    SweepSpec.Grid grid = spec.grids().get(0);
    List<String> agents = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      agents.add("board:" + i);
    }
    spec =
        new SweepSpec(
            "Boards",
            agents,
            List.of(
                new SweepSpec.Grid(
                    grid.networks(),
                    devices,
                    List.of(Boards.REAL),
                    grid.methods(),
                    grid.batches())),
            true,
            spec.procedure());
    AbsentBoards boards = new AbsentBoards();
    directory = boards;
    return boards;
  }

  @Test
  void aBoardThatDoesNotAnswerIsWaitedFor() throws Exception {
    AbsentBoards boards = boards(2, List.of(2));
    boards.away.add(2);
    AtomicInteger misses = new AtomicInteger();
    boards.onMiss =
        () -> {
          if (misses.incrementAndGet() == 2) {
            boards.away.clear();
          }
        };
    assertThat(run()).allMatch(record -> record.outcome() instanceof Measured);
    assertThat(said)
        .anyMatch(
            what -> what.matches("Waiting for agent board:2, at most \\d+ s – Trial 1 of .*"));
  }

  @Test
  void aBoardThatStaysAwayFailsOnlyTheTrialsThatNeedIt() throws Exception {
    AbsentBoards boards = boards(3, List.of(2, 3));
    runner.meanwhile(
        part -> {
          if (runs.incrementAndGet() == 1) {
            boards.away.add(3);
            boards.onMiss = () -> aheadNanos.addAndGet(200 * SECOND);
          }
        });
    List<TrialRecord> records = run();
    List<Outcome> failures = new ArrayList<>();
    for (TrialRecord record : records.subList(1, records.size())) {
      if (record.trial().configuration().devices() == 3) {
        failures.add(record.outcome());
      } else {
        assertThat(record.outcome()).isInstanceOf(Measured.class);
      }
    }
    assertThat(failures.get(0))
        .isEqualTo(
            new Failed(
                "The agent board:3 was away for %d s. Nothing answers at board:3."
                    .formatted(SweepAgents.PATIENCE_SECONDS)));
    assertThat(failures.subList(1, failures.size()))
        .isNotEmpty()
        .containsOnly(
            new Failed(
                "The agent board:3 is still away after another %d s. Nothing answers at board:3."
                    .formatted(SweepAgents.PATIENCE_IF_AWAY_SECONDS)));
    assertThat(records.get(0).outcome()).isInstanceOf(Measured.class);
  }

  private void withConvolutions() {
    spec =
        new SweepSpec(
            spec.name(),
            spec.agents(),
            spec.grids(),
            spec.noiseFloor(),
            Optional.of(new ConvolutionGrid(List.of(7, 14), List.of(32, 64), 5)),
            spec.procedure());
  }

  @Test
  void convolutionsAreTimedOnceWithTheFewestFlopsFirst() throws Exception {
    withConvolutions();
    AtomicInteger asked = new AtomicInteger();
    Profiler sound = profiler;
    profiler =
        new Profiler() {
          @Override
          public ClusterProfile profile(ModelGraph graph, List<KnownAgent> agents, JobMonitor part)
              throws ClusterException, JobCancelledException {
            return sound.profile(graph, agents, part);
          }

          @Override
          public List<Regression.Point> convolutions(
              List<GridPoint> points, Duration budget, KnownAgent agent, JobMonitor part) {
            asked.incrementAndGet();
            assertThat(points)
                .hasSize(8)
                .isSortedAccordingTo(Comparator.comparing(GridPoint::flops));
            assertThat(budget).hasSeconds(5);
            return points.stream().limit(3).map(p -> new Regression.Point(p.flops(), 1)).toList();
          }
        };
    assertThat(run()).allMatch(record -> record.outcome() instanceof Measured);
    assertThat(asked).hasValue(1);
    SweepFolder folder = new SweepFolder(home.resolve("sweep"));
    ConvolutionTimes times = ConvolutionTimes.read(folder).orElseThrow();
    assertThat(times.grid()).isEqualTo(spec.convolutions().orElseThrow());
    assertThat(times.times())
        .extracting(time -> time.point().toString())
        .startsWith(new GridPoint(7, 32, 32).toString())
        .hasSize(3);
    assertThat(times.fit().points()).hasSize(3);
    run();
    assertThat(asked).as("they are kept").hasValue(1);
  }

  @Test
  void noTrialFailsIfConvolutionsCannotBeTimed() throws Exception {
    withConvolutions();
    assertThat(run()).allMatch(record -> record.outcome() instanceof Measured);
    assertThat(ConvolutionTimes.read(new SweepFolder(home.resolve("sweep")))).isEmpty();
  }

  /** A timing of convolutions that goes wrong. */
  private interface Timing {
    List<Regression.Point> run(JobMonitor part) throws JobCancelledException;
  }

  private Profiler withTiming(Timing timing) {
    Profiler sound = profiler;
    return new Profiler() {
      @Override
      public ClusterProfile profile(ModelGraph graph, List<KnownAgent> agents, JobMonitor part)
          throws ClusterException, JobCancelledException {
        return sound.profile(graph, agents, part);
      }

      @Override
      public List<Regression.Point> convolutions(
          List<GridPoint> points, Duration budget, KnownAgent agent, JobMonitor part)
          throws JobCancelledException {
        return timing.run(part);
      }
    };
  }

  @Test
  void noTrialFailsIfTimingConvolutionsEndsUnexpectedly() throws Exception {
    withConvolutions();
    profiler =
        withTiming(
            part -> {
              throw new IllegalStateException("A defect.");
            });
    assertThat(run()).allMatch(record -> record.outcome() instanceof Measured);
    assertThat(ConvolutionTimes.read(new SweepFolder(home.resolve("sweep")))).isEmpty();
  }

  @Test
  void noTrialFailsIfTimingConvolutionsHangs() throws Exception {
    withConvolutions();
    AtomicInteger asked = new AtomicInteger();
    profiler =
        withTiming(
            part -> {
              asked.incrementAndGet();
              hang(part);
              return List.of();
            });
    assertThat(run()).allMatch(record -> record.outcome() instanceof Measured);
    assertThat(asked).as("it is not tried again").hasValue(1);
  }

  @Test
  void trialsThatDoWithoutADeadBoardRunThoughNoProfileIsThereYet() throws Exception {
    AbsentBoards boards = boards(4, List.of(2, 3, 4));
    boards.away.add(4);
    boards.onMiss = () -> aheadNanos.addAndGet(200 * SECOND);
    List<Integer> profiled = new ArrayList<>();
    Profiler sound = profiler;
    profiler =
        (graph, agents, part) -> {
          profiled.add(agents.size());
          return sound.profile(graph, agents, part);
        };
    List<TrialRecord> records = run();
    assertThat(records).hasSizeGreaterThanOrEqualTo(Schedule.trials(spec).size());
    for (TrialRecord record : records) {
      assertThat(record.outcome())
          .isInstanceOf(
              record.trial().configuration().devices() == 4 ? Failed.class : Measured.class);
    }
    assertThat(profiled).as("one profile of those that answer, for all trials").containsExactly(3);

    // the board returns, and what was measured without it keeps its profile
    boards.away.clear();
    SweepFolder folder = new SweepFolder(home.resolve("sweep"));
    assertThat(folder.forgetFailed(spec)).isPositive();
    assertThat(run()).allMatch(record -> record.outcome() instanceof Measured);
    assertThat(profiled).containsExactly(3, 4);
  }

  @Test
  void aBoardThatStayedAwayIsWaitedForLessUntilItAnswersAgain() throws Exception {
    AbsentBoards boards = boards(2, List.of(2));
    boards.away.add(2);
    boards.onMiss =
        () -> {
          aheadNanos.addAndGet(130 * SECOND);
          if (begun.size() == 3) {
            boards.away.clear();
          }
        };
    runner.meanwhile(part -> boards.away.add(2));
    spec = Specs.withRounds(spec, 6);
    List<String> causes = causes(run());
    assertThat(causes.get(0)).contains("was away for 120 s");
    assertThat(causes.get(1)).contains("is still away after another 10 s");
    assertThat(causes.get(2)).contains("is still away after another 10 s");
    assertThat(causes.get(3)).as("it answers").isEmpty();
    assertThat(causes.get(4)).as("and goes away anew").contains("was away for 120 s");
    assertThat(causes.get(5)).contains("is still away after another 10 s");
  }

  @Test
  void aGridIsMeasuredOnTheAgentsThatItChooses() throws Exception {
    boards(3, List.of(2));
    Path wanted = home.resolve("wanted.json");
    Files.writeString(
        wanted,
        """
        {"agents": ["board:1", "board:2", "board:3"], "noiseFloor": false, "grids": [
          {"models": ["fashion"], "devices": [2], "strategies": ["equal"]},
          {"models": ["fashion"], "devices": [2], "strategies": ["equal"],
           "agents": ["board:3", "board:2"]}]}
        """);
    spec = Specs.reader(home).read(wanted);
    List<TrialRecord> records = run();
    assertThat(records).hasSize(2);
    for (TrialRecord record : records) {
      Measured measured = (Measured) record.outcome();
      assertThat(measured.devices())
          .extracting(TrialRecord.DeviceTimes::name)
          .containsExactly(
              record.trial().configuration().number() == 0
                  ? new String[] {"board-1", "board-2"}
                  : new String[] {"board-3", "board-2"});
    }
    assertThat(new SweepFolder(home.resolve("sweep")).profiles().toFile().list()).hasSize(2);
  }

  @Test
  void waitingForABoardCanBeCancelled() throws Exception {
    AbsentBoards boards = boards(2, List.of(2));
    boards.away.add(2);
    boards.onMiss = () -> cancelled = true;
    assertThatThrownBy(this::run).isInstanceOf(JobCancelledException.class);
    assertThat(new SweepFolder(home.resolve("sweep")).readTrials(spec)).isEmpty();
  }

  @Test
  void anotherConfigurationIsMeasuredTwiceIfTheChosenOneHasNoPlan() throws Exception {
    spec = Specs.sweep(List.of(1), List.of(100.0), List.of("remote", "equal"), 2, 7);
    assertThat(spec.configurations().get(0).method().strategy()).isEqualTo("remote");
    List<TrialRecord> records = run();
    assertThat(records).hasSize(8);
    assertThat(records)
        .filteredOn(record -> record.outcome() instanceof Infeasible)
        .hasSize(4)
        .allMatch(record -> record.trial().configuration().number() == 0);
    assertThat(records.subList(6, 8))
        .extracting(TrialRecord::trial)
        .containsExactly(
            new Trial(spec.configurations().get(1), true, 0),
            new Trial(spec.configurations().get(1), true, 1));
    SweepSummary summary = SweepSummary.of(spec, records);
    assertThat(summary.noiseFloor()).isPresent();
    assertThat(summary.noiseUnknown()).isEmpty();
    assertThat(summary.planned()).isEqualTo(8);
    assertThat(run()).as("nothing is left").isEqualTo(records);
  }

  @Test
  void trialsThatDoNotFitIntoTheEmulatedMemoryHaveNoPlanAndTheRestRuns() throws Exception {
    Path wanted = home.resolve("wanted.json");
    Files.writeString(
        wanted,
        """
        {"models": ["alexnet", "fashion"], "devices": [2], "memoryMb": 20, "cpuShares": [0.2],
         "strategies": ["equal"], "noiseFloor": false, "rounds": 2}
        """);
    spec = Specs.reader(home).read(wanted);
    List<TrialRecord> records = run();
    assertThat(records).hasSize(4);
    for (TrialRecord record : records) {
      boolean fits = record.trial().configuration().network().model().equals("fashion");
      assertThat(record.outcome()).isInstanceOf(fits ? Measured.class : Infeasible.class);
      if (record.outcome() instanceof Infeasible none) {
        assertThat(none.reason()).contains("MB");
      }
    }
    assertThat(run()).as("none is tried again").isEqualTo(records);
    SweepSummary summary = SweepSummary.of(spec, records);
    assertThat(summary.configurations()).hasSize(1);
    assertThat(summary.notMeasured()).hasSize(2);
  }

  @Test
  void aTwinInPlaceOfAnotherGoesOnWhereItWasStopped() throws Exception {
    spec = Specs.sweep(List.of(1), List.of(100.0), List.of("remote", "equal"), 2, 7);
    runner.meanwhile(part -> cancelled = runs.incrementAndGet() == 3);
    assertThatThrownBy(this::run).isInstanceOf(JobCancelledException.class);
    List<TrialRecord> before = new SweepFolder(home.resolve("sweep")).readTrials(spec);
    assertThat(before).hasSize(7);
    assertThat(Sweep.missing(spec, before))
        .containsExactly(new Trial(spec.configurations().get(1), true, 1));
    cancelled = false;
    List<TrialRecord> records = run();
    assertThat(records).hasSize(8);
    assertThat(records.get(7).trial()).isEqualTo(new Trial(spec.configurations().get(1), true, 1));
    assertThat(Sweep.missing(spec, records)).isEmpty();
  }

  @Test
  void aSweepWithoutANoiseFloorSaysSo() throws Exception {
    runner.meanwhile(
        part -> {
          throw new RunFailedException("local-1 is on fire.");
        });
    SweepSummary failed = SweepSummary.of(spec, run());
    assertThat(failed.noiseUnknown())
        .hasValueSatisfying(words -> assertThat(words).contains("Maybe measure the trials"));
    List<TrialRecord> unfinished =
        Specs.records(spec, 3).stream()
            .filter(r -> r.outcome() instanceof Measured && !r.trial().twin())
            .limit(1)
            .toList();
    assertThat(SweepSummary.of(spec, unfinished).noiseUnknown())
        .hasValueSatisfying(words -> assertThat(words).contains("Maybe go on with the sweep."));
    SweepSpec without =
        new SweepSpec(spec.name(), spec.agents(), spec.grids(), false, spec.procedure());
    assertThat(SweepSummary.of(without, List.of()).noiseUnknown())
        .hasValueSatisfying(words -> assertThat(words).contains("noiseFloor"));
  }

  private void coolDown(long millis) {
    SweepSpec.Procedure p = spec.procedure();
    spec =
        new SweepSpec(
            spec.name(),
            spec.agents(),
            spec.grids(),
            true,
            new SweepSpec.Procedure(p.warmup(), p.repeats(), p.rounds(), p.seed(), millis, 60));
  }

  @Test
  void devicesCoolDownBetweenTrialsAlsoBeforeThoseInPlaceOfOthers() throws Exception {
    spec = Specs.sweep(List.of(1), List.of(100.0), List.of("remote", "equal"), 2, 7);
    coolDown(40);
    assertThat(run()).hasSize(8);
    for (int i = 1; i < begun.size(); i++) {
      assertThat(begun.get(i) - finished.get(i - 1)).isGreaterThanOrEqualTo(40_000_000);
    }
  }

  @Test
  void coolingDownCanBeCancelled() {
    coolDown(3_600_000);
    runner.meanwhile(part -> runs.incrementAndGet());
    looksToCoolDown = 3;
    assertThatThrownBy(this::run).isInstanceOf(JobCancelledException.class);
    assertThat(runs).hasValue(1);
  }
}
