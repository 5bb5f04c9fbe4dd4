package org.edgeld.workbench.benchmark;

import java.util.concurrent.TimeUnit;
import org.edgeld.workbench.explain.Explainer;
import org.edgeld.workbench.explain.Explanation;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to plan jointly for eight devices, and to explain the plan. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
public class PlanningBenchmark {
  @Param({"vgg16", "resnet50", "mobilenetv2"})
  String model = "vgg16";

  @Param({"OFF", "AUTO"})
  String overlap = "OFF";

  private final Planner planner = DefaultPlanner.load();
  private PlanRequest request;
  private PlannedRun planned;

  /** Prepares the request, and a plan to explain. */
  @Setup
  public void prepare() throws InfeasiblePlanException {
    request = Requests.of(model, 8, "joint", Overlap.valueOf(overlap));
    planned = planner.plan(request);
  }

  /** Plans. */
  @Benchmark
  public PlannedRun joint() throws InfeasiblePlanException {
    return planner.plan(request);
  }

  /** Explains a plan. */
  @Benchmark
  public Explanation explain() {
    return Explainer.predicted(planned, "predicted");
  }
}
