package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.ui.doubles.ListedDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may go wrong in a sweep on agents that exist only in memory. */
@Tag("core")
@Timeout(60)
class SturdySweepTest extends FakeSweep {
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
