package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.ConvolutionGrid;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profile.Regression;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Convolutions timed before the trials of a sweep. */
@Tag("core")
@Timeout(60)
class SweepConvolutionsTest extends FakeSweep {
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
}
