package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.run.RunFailedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is measured twice, and trials that have no plan. */
@Tag("core")
@Timeout(60)
class TwinsTest extends FakeSweep {
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
}
