package org.edgeld.workbench.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.fixture.ImaginedRefiner;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans of every kind against what no plan shall beat, in latency and as a stream. */
@Tag("core")
class LowerBoundTest {
  private static final int SEEDS = 40;

  /** A prediction is rounded to nanoseconds. */
  private static final double ROUNDING_NANOS = 1;

  private static final double ROUNDING = 1e-9;

  /** The gap of some divided plan, lest a bound of nothing passes. */
  private static final double NEAR = 0.6;

  private final Planner planner = DefaultPlanner.load();

  /** What is asked for beside model and cluster. */
  private record Kind(
      String strategy, Map<String, String> options, Overlap overlap, Precision precision) {
    static Kind of(String strategy, String... options) {
      return new Kind(
          strategy,
          options.length == 0
              ? Map.of()
              : options.length == 2
                  ? Map.of(options[0], options[1])
                  : Map.of(options[0], options[1], options[2], options[3]),
          Overlap.OFF,
          Precision.FLOAT32);
    }

    Kind with(Overlap other) {
      return new Kind(strategy, options, other, precision);
    }

    Kind with(Precision other) {
      return new Kind(strategy, options, overlap, other);
    }

    /** On 2 to 5 unequal devices with unequal links; on every second cluster nothing delays. */
    PlanRequest request(int seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<ModelGraph> models = SmallModels.all();
      ModelGraph graph = models.get(random.nextInt(models.size()));
      double[] flopsPerSecond = new double[2 + random.nextInt(4)];
      double[] bitsPerSecond = new double[flopsPerSecond.length];
      for (int device = 0; device < flopsPerSecond.length; device++) {
        flopsPerSecond[device] = 1e6 * Math.pow(30, random.nextDouble());
        bitsPerSecond[device] = 1e5 * Math.pow(1000, random.nextDouble());
      }
      return new PlanRequest(
          graph,
          SyntheticCluster.of(graph, flopsPerSecond, bitsPerSecond, seed % 2 == 0 ? 0 : 300_000),
          new DeviceId(random.nextInt(flopsPerSecond.length)),
          Method.of(strategy)
              .with(options)
              .withFusion(random.nextBoolean() ? "layer" : "2")
              .with(random.nextInt(3) == 0 ? Routing.HEAD : Routing.PEER)
              .with(overlap)
              .with(precision));
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        Kind.of("ftp", "grid", "2x2"),
        Kind.of("ftp", "grid", "2x2", "overlap", "reuse"),
        Kind.of("ftp", "grid", "3x2", "overlap", "reuse"),
        Kind.of("channels", "pairs", "on"),
        Kind.of("channels", "pairs", "on").with(Precision.INT8),
        Kind.of("pico"),
        Kind.of("joint", "objective", "throughput"),
        Kind.of("joint").with(Overlap.AUTO),
        Kind.of("proportional").with(Overlap.ON),
        Kind.of("ocbp").with(Overlap.ON),
        Kind.of("proportional").with(Overlap.ON).with(Precision.FLOAT16),
        Kind.of("minmax").with(Precision.INT8));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void noPlanBeatsItsBounds(Kind kind) throws Exception {
    double nearest = Double.POSITIVE_INFINITY;
    double nearestStream = Double.POSITIVE_INFINITY;
    for (int seed = 0; seed < SEEDS; seed++) {
      PlanRequest request = kind.request(seed);
      Optional<PlannedRun> planned = plan(request);
      if (planned.isPresent()) {
        requireBounded(planned.get(), seed);
        requireBounded(timed(planned.get(), seed), seed);
        if (planned.get().bytesMoved() > 0) {
          nearest = Math.min(nearest, planned.get().gap());
          nearestStream = Math.min(nearestStream, planned.get().throughputGap());
        }
      }
    }
    assertThat(Math.min(nearest, nearestStream)).as("gap of some divided plan").isLessThan(NEAR);
  }

  private static void requireBounded(PlannedRun run, int seed) {
    assertThat((double) run.prediction().latencyNanos())
        .as("latency, seed %d", seed)
        .isGreaterThanOrEqualTo(run.bounds().latencyNanos() - ROUNDING_NANOS);
    assertThat(run.nanosPerFrame())
        .as("nanoseconds per frame, seed %d", seed)
        .isGreaterThanOrEqualTo(run.bounds().nanosPerFrame() * (1 - ROUNDING) - ROUNDING_NANOS);
    assertThat(run.bounds().nanosPerFrame()).isPositive();
  }

  /** Returns the same plan with its steps timed: some take a fifth of what their layers take. */
  private PlannedRun timed(PlannedRun run, int seed) throws Exception {
    PlanRequest request = run.request();
    return planner.predict(
        request.with(
            new ImaginedRefiner(
                    step -> 0.2 + new SplittableRandom(seed ^ step.hashCode()).nextDouble())
                .refine(request.profile(), List.of(run.programs()), List.of(), JobMonitor.SILENT)),
        run.plan(),
        JobMonitor.SILENT);
  }

  private Optional<PlannedRun> plan(PlanRequest request) {
    try {
      return Optional.of(planner.plan(request));
    } catch (InfeasiblePlanException e) {
      // such as a grid that is too fine for a small map
      return Optional.empty();
    }
  }
}
