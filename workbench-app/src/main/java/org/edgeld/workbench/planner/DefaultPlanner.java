package org.edgeld.workbench.planner;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fusion.FusionRequest;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.simulate.Simulator;
import org.edgeld.workbench.split.PlanContext;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.trace.Trace;

/**
 * Plans with the strategies and fusion rules it is given and predicts with {@link MeasuredCost}. A
 * plan that exceeds a device's memory, where that is known, is infeasible.
 */
public final class DefaultPlanner implements Planner {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final SplitStrategies strategies;
  private final FusionRules fusionRules;
  private final PlanValidator validator = new PlanValidator();
  private final PlanCompiler compiler = new PlanCompiler();
  private final ProgramChecker checker = new ProgramChecker();
  private final Simulator simulator = new Simulator();

  public DefaultPlanner(SplitStrategies strategies, FusionRules fusionRules) {
    this.strategies = strategies;
    this.fusionRules = fusionRules;
  }

  /** Returns a planner with all strategies and rules on the class path. */
  public static DefaultPlanner load() {
    return new DefaultPlanner(SplitStrategies.load(), FusionRules.load());
  }

  @Override
  public PlannedRun plan(PlanRequest request) throws InfeasiblePlanException {
    SplitStrategy strategy = strategies.find(request.strategy());
    ModelGraph graph = request.graph();
    if (request.head().index() >= request.profile().size()) {
      throw new InfeasiblePlanException(
          "The head is device %s but there are %d devices."
              .formatted(request.head(), request.profile().size()));
    }
    ModelGeometry geometry = new ModelGeometry(graph);
    List<Block> blocks =
        fusionRules.find(request.fusion()).blocks(new FusionRequest(graph, request.poolsOnHead()));
    CostModel cost = new MeasuredCost(graph, request.profile());
    Plan plan =
        strategy.plan(
            new PlanContext(
                request,
                geometry,
                blocks,
                cost,
                any -> simulator.simulate(compiler.compile(any), cost).latencyNanos()));
    validator.validate(plan);
    ProgramSet programs = compiler.compile(plan);
    checker.check(programs);
    Trace prediction = simulator.simulate(programs, cost);
    List<Long> memoryBytes = memory(request, programs);
    return new PlannedRun(request, plan, programs, prediction, memoryBytes);
  }

  private static List<Long> memory(PlanRequest request, ProgramSet programs)
      throws InfeasiblePlanException {
    MemoryEstimate estimate = new MemoryEstimate(programs.graph());
    List<Long> bytes = new ArrayList<>();
    for (int i = 0; i < programs.programs().size(); i++) {
      DeviceId device = new DeviceId(i);
      long needed = estimate.bytes(programs, device);
      AgentInfo info = request.profile().device(device).info();
      long emulated = info.emulation().memoryBytes();
      long available = emulated > 0 ? emulated : info.memoryBytes();
      // 0 stands for a device that did not say how much memory it has
      if (available > 0 && needed > available) {
        throw new InfeasiblePlanException(
            "The plan needs %.1f MB on %s, which has %.1f MB. Maybe use more devices or a smaller input."
                .formatted(
                    needed / BYTES_PER_MEGABYTE, info.name(), available / BYTES_PER_MEGABYTE));
      }
      bytes.add(needed);
    }
    return bytes;
  }
}
