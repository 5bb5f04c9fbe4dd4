package org.edgeld.workbench.benchmark;

import java.util.concurrent.TimeUnit;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.simulate.Simulator;
import org.edgeld.workbench.trace.Trace;
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

/** How many frames of the joint plan of VGG16 are simulated in a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
public class SimulatorBenchmark {
  @Param({"8", "64"})
  int devices = 8;

  private final Simulator simulator = new Simulator();
  private ProgramSet programs;
  private CostModel cost;

  /** Plans once. */
  @Setup
  public void plan() throws InfeasiblePlanException {
    PlanRequest request = Requests.of("vgg16", devices, "joint", Overlap.OFF);
    programs = DefaultPlanner.load().plan(request).programs();
    cost = new MeasuredCost(request.graph(), request.profile());
  }

  /** Simulates one frame. */
  @Benchmark
  public Trace frames() {
    return simulator.simulate(programs, cost);
  }
}
