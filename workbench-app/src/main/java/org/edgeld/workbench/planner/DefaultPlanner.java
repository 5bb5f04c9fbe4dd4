package org.edgeld.workbench.planner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.bound.LowerBound;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fusion.FusionRequest;
import org.edgeld.workbench.fusion.FusionRule;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.simulate.Simulator;
import org.edgeld.workbench.simulate.SteadyState;
import org.edgeld.workbench.split.PlanContext;
import org.edgeld.workbench.split.RowTimes;
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
  public PlannedRun plan(PlanRequest request, JobMonitor monitor)
      throws InfeasiblePlanException, JobCancelledException {
    SplitStrategy strategy = strategies.find(request.strategy(), request.options());
    requireHead(request);
    ModelGeometry geometry = new ModelGeometry(request.graph());
    try {
      CostModel cost = cost(request, monitor);
      RowTimes times = new RowTimes(geometry, cost, request.profile().size());
      Knowledge known = new Knowledge(geometry, cost, times);
      return predict(request, planWith(strategy, request, known), geometry, cost);
    } catch (StoppableCost.Stopped e) {
      throw new JobCancelledException();
    }
  }

  @Override
  public PlannedRun predict(PlanRequest request, Plan plan, JobMonitor monitor)
      throws InfeasiblePlanException, JobCancelledException {
    strategies.find(request.strategy(), request.options());
    fusionRules.find(request.fusion());
    requireHead(request);
    int devices = request.profile().size();
    if (plan.devices() != devices) {
      throw new InfeasiblePlanException(
          "The plan is for %d devices, but there are %d. Maybe use %d."
              .formatted(plan.devices(), devices, plan.devices()));
    }
    if (!plan.graph().equals(request.graph()) || !plan.head().equals(request.head())) {
      throw new InfeasiblePlanException("The plan is for another model or head. Maybe plan again.");
    }
    try {
      return predict(request, plan, new ModelGeometry(request.graph()), cost(request, monitor));
    } catch (StoppableCost.Stopped e) {
      throw new JobCancelledException();
    } catch (IllegalStateException e) {
      throw new InfeasiblePlanException(e.getMessage() + " Maybe plan again.");
    }
  }

  private static CostModel cost(PlanRequest request, JobMonitor monitor) {
    return new StoppableCost(new MeasuredCost(request.graph(), request.profile()), monitor);
  }

  private static void requireHead(PlanRequest request) throws InfeasiblePlanException {
    if (request.head().index() >= request.profile().size()) {
      throw new InfeasiblePlanException(
          "The head is device %s but there are %d devices."
              .formatted(request.head(), request.profile().size()));
    }
  }

  private PlannedRun predict(PlanRequest request, Plan plan, ModelGeometry geometry, CostModel cost)
      throws InfeasiblePlanException {
    validator.validate(plan);
    ProgramSet programs = compiler.compile(plan);
    checker.check(programs);
    requireArrivals(request, programs);
    Trace prediction = simulator.simulate(programs, cost);
    List<Long> memoryBytes = memory(programs);
    requireMemory(request, memoryBytes);
    double bound = LowerBound.nanos(request, geometry, cost);
    double pace = SteadyState.of(programs, cost).nanosPerFrame();
    return new PlannedRun(request, plan, programs, prediction, memoryBytes, pace, bound);
  }

  /** What all strategies that plan for one request share. */
  private record Knowledge(ModelGeometry geometry, CostModel cost, RowTimes times) {}

  private Plan planWith(SplitStrategy strategy, PlanRequest request, Knowledge known)
      throws InfeasiblePlanException {
    FusionRequest wanted = new FusionRequest(request.graph(), request.poolsOnHead());
    return strategy.plan(
        new PlanContext(
            request,
            known.geometry(),
            fusionRules.find(request.fusion()).blocks(wanted),
            known.cost(),
            known.times(),
            plan ->
                feasible(plan, request)
                    .map(programs -> simulator.simulate(programs, known.cost()).latencyNanos())
                    .map(Long::doubleValue)
                    .orElse(Double.POSITIVE_INFINITY),
            plan ->
                feasible(plan, request)
                    .map(programs -> SteadyState.of(programs, known.cost()).nanosPerFrame())
                    .orElse(Double.POSITIVE_INFINITY),
            () -> rivals(strategy, request, known)));
  }

  /** Returns the programs of a plan if every device can start and has the memory for it. */
  private Optional<ProgramSet> feasible(Plan plan, PlanRequest request) {
    return Optional.of(compiler.compile(plan))
        .filter(programs -> waitingForNothing(programs).isEmpty() && fits(request, programs));
  }

  /**
   * Plans with every other strategy, under every named fusion rule if it uses one; what is
   * infeasible is left out, and what divides the network as another does.
   */
  private List<Plan> rivals(SplitStrategy asking, PlanRequest request, Knowledge known) {
    Map<List<Stage>, Plan> plans = new LinkedHashMap<>();
    for (SplitStrategy rival : strategies.all()) {
      if (rival.id().equals(asking.id())) {
        continue;
      }
      List<FusionRule> rules =
          rival.usesFusion() ? fusionRules.all() : fusionRules.all().subList(0, 1);
      for (FusionRule rule : rules) {
        try {
          Plan plan = planWith(rival, request.with(rival.id(), rule.id()), known);
          plans.putIfAbsent(plan.stages(), plan);
        } catch (InfeasiblePlanException e) {
          continue;
        }
      }
    }
    return List.copyOf(plans.values());
  }

  /** Returns the devices whose steps depend on nothing that arrives, so that none would start. */
  private static List<DeviceId> waitingForNothing(ProgramSet programs) {
    return programs.programs().stream()
        .filter(program -> !program.device().equals(programs.head()))
        .filter(program -> !program.steps().isEmpty())
        .filter(program -> program.steps().stream().noneMatch(Step.Receive.class::isInstance))
        .map(DeviceProgram::device)
        .toList();
  }

  private static void requireArrivals(PlanRequest request, ProgramSet programs)
      throws InfeasiblePlanException {
    List<DeviceId> devices = waitingForNothing(programs);
    if (!devices.isEmpty()) {
      throw new InfeasiblePlanException(
          "What %s would compute depends on no input. Maybe use fewer devices or a larger input."
              .formatted(request.profile().device(devices.get(0)).info().name()));
    }
  }

  private static boolean fits(PlanRequest request, ProgramSet programs) {
    MemoryEstimate estimate = new MemoryEstimate(programs.graph());
    for (DeviceProgram program : programs.programs()) {
      long available = available(request, program.device());
      if (available > 0
          && available < estimate.mostBytes()
          && available < estimate.bytes(programs, program.device())) {
        return false;
      }
    }
    return true;
  }

  private static List<Long> memory(ProgramSet programs) {
    MemoryEstimate estimate = new MemoryEstimate(programs.graph());
    return programs.programs().stream()
        .map(program -> estimate.bytes(programs, program.device()))
        .toList();
  }

  /** Returns a device's memory, 0 if it did not say how much it has. */
  private static long available(PlanRequest request, DeviceId device) {
    AgentInfo info = request.profile().device(device).info();
    long emulated = info.emulation().memoryBytes();
    return emulated > 0 ? emulated : info.memoryBytes();
  }

  private static void requireMemory(PlanRequest request, List<Long> bytes)
      throws InfeasiblePlanException {
    for (int i = 0; i < bytes.size(); i++) {
      DeviceId device = new DeviceId(i);
      long needed = bytes.get(i);
      long available = available(request, device);
      if (available > 0 && needed > available) {
        throw new InfeasiblePlanException(
            "The plan needs %.1f MB on %s, which has %.1f MB. Maybe use more devices or a smaller input."
                .formatted(
                    needed / BYTES_PER_MEGABYTE,
                    request.profile().device(device).info().name(),
                    available / BYTES_PER_MEGABYTE));
      }
    }
  }
}
