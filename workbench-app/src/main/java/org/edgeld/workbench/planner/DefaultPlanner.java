package org.edgeld.workbench.planner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.bound.LowerBound;
import org.edgeld.workbench.fusion.FusionRequest;
import org.edgeld.workbench.fusion.FusionRule;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.simulate.Simulator;
import org.edgeld.workbench.simulate.SteadyState;
import org.edgeld.workbench.split.Overlapping;
import org.edgeld.workbench.split.PlanContext;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.split.overlap.OverlapPass;
import org.edgeld.workbench.trace.Trace;

/**
 * Plans with the strategies and fusion rules it is given and predicts with {@link
 * org.edgeld.workbench.cost.MeasuredCost}. A plan that exceeds a device's memory, where that is
 * known, is infeasible.
 */
public final class DefaultPlanner implements Planner {
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
    try {
      Knowledge known = Knowledge.of(request, monitor);
      Overlapping overlapping = overlapping(strategy, request, known);
      Plan plan = planWith(strategy, request, known, overlapping);
      return predict(request, overlapping.of(plan), known);
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
      return predict(request, plan, Knowledge.of(request, monitor));
    } catch (StoppableCost.Stopped e) {
      throw new JobCancelledException();
    } catch (IllegalStateException e) {
      throw new InfeasiblePlanException(e.getMessage() + " Maybe plan again.");
    }
  }

  private static void requireHead(PlanRequest request) throws InfeasiblePlanException {
    if (request.head().index() >= request.profile().size()) {
      throw new InfeasiblePlanException(
          "The head is device %s, but there are %d devices. Maybe %s."
              .formatted(
                  request.head(),
                  request.profile().size(),
                  new DeviceId(request.profile().size() - 1)));
    }
  }

  private PlannedRun predict(PlanRequest request, Plan plan, Knowledge known)
      throws InfeasiblePlanException {
    validator.validate(plan);
    ProgramSet programs = compiler.compile(plan);
    checker.check(programs);
    requireArrivals(request, programs);
    Trace prediction = simulator.simulate(programs, known.cost());
    MemoryCheck memory = new MemoryCheck(request);
    List<Long> memoryBytes = memory.bytes(programs);
    Optional<MemoryCheck.Shortage> shortage = memory.shortage(memoryBytes);
    if (shortage.isPresent()) {
      throw new InfeasiblePlanException(
          "The plan needs %s. %s".formatted(shortage.get(), insteadOf(request, known)));
    }
    double bound = LowerBound.nanos(request, known.geometry(), known.cost());
    double pace = SteadyState.of(programs, known.cost()).nanosPerFrame();
    return new PlannedRun(
        request, plan, programs, prediction, memoryBytes, memory.frameBytes(programs), pace, bound);
  }

  private Overlapping overlapping(SplitStrategy strategy, PlanRequest request, Knowledge known) {
    boolean streams = strategy.plansForStreams(request.options());
    return request.overlap() == Overlap.OFF || (streams && request.overlap() == Overlap.AUTO)
        ? Overlapping.NONE
        : new OverlapPass(
            request.overlap(),
            known.geometry(),
            known.cost(),
            known.times(),
            plan -> latencyNanos(plan, request, known));
  }

  private Plan planWith(
      SplitStrategy strategy, PlanRequest request, Knowledge known, Overlapping overlapping)
      throws InfeasiblePlanException {
    FusionRequest wanted = new FusionRequest(request.graph(), request.poolsOnHead());
    return strategy.plan(
        new PlanContext(
            request,
            known.geometry(),
            fusionRules.find(request.fusion()).blocks(wanted),
            known.cost(),
            known.times(),
            plan -> latencyNanos(plan, request, known),
            plan ->
                feasible(plan, request)
                    .map(programs -> SteadyState.of(programs, known.cost()).nanosPerFrame())
                    .orElse(Double.POSITIVE_INFINITY),
            () -> rivals(strategy, request, known),
            overlapping));
  }

  private double latencyNanos(Plan plan, PlanRequest request, Knowledge known) {
    return known.latencyNanos(
        plan,
        () ->
            feasible(plan, request)
                .map(programs -> (double) simulator.simulate(programs, known.cost()).latencyNanos())
                .orElse(Double.POSITIVE_INFINITY));
  }

  /** Returns the programs of a plan if every device can start and has the memory for it. */
  private Optional<ProgramSet> feasible(Plan plan, PlanRequest request) {
    return Optional.of(compiler.compile(plan))
        .filter(
            programs ->
                waitingForNothing(programs).isEmpty() && new MemoryCheck(request).fits(programs));
  }

  /** What to do with a plan that another strategy made. */
  private interface Contender {
    void made(SplitStrategy strategy, FusionRule rule, Plan plan);
  }

  /** Plans with strategies, under every named fusion rule if they use one, and skips failures. */
  private void planAll(
      List<SplitStrategy> contenders, PlanRequest request, Knowledge known, Contender each) {
    for (SplitStrategy strategy : contenders) {
      List<FusionRule> rules =
          strategy.usesFusion() ? fusionRules.all() : fusionRules.all().subList(0, 1);
      for (FusionRule rule : rules) {
        try {
          PlanRequest own = request.with(strategy.id(), rule.id());
          each.made(strategy, rule, planWith(strategy, own, known, Overlapping.NONE));
        } catch (InfeasiblePlanException e) {
          continue;
        }
      }
    }
  }

  /** Returns what all other strategies plan; what divides the network as another does, once. */
  private List<Plan> rivals(SplitStrategy asking, PlanRequest request, Knowledge known) {
    Map<List<Stage>, Plan> plans = new LinkedHashMap<>();
    planAll(
        strategies.all().stream().filter(rival -> !rival.id().equals(asking.id())).toList(),
        request,
        known,
        (strategy, rule, plan) -> plans.putIfAbsent(plan.stages(), plan));
    return List.copyOf(plans.values());
  }

  /** Returns what would fit in place of a plan that does not, for the user. */
  private String insteadOf(PlanRequest request, Knowledge known) {
    MemoryAdvice advice = new MemoryAdvice(new MemoryCheck(request));
    planAll(
        strategies.all(),
        request,
        known,
        (strategy, rule, plan) -> {
          ProgramSet programs = compiler.compile(plan);
          if (waitingForNothing(programs).isEmpty()) {
            String fusion = strategy.usesFusion() ? " with fusion " + rule.id() : "";
            advice.consider(
                "the strategy " + strategy.id() + fusion,
                programs,
                simulator.simulate(programs, known.cost()).latencyNanos());
          }
        });
    return advice.sentence();
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
      int others = Math.max(1, request.profile().size() - devices.size());
      throw new InfeasiblePlanException(
          "What %s would compute depends on no input. Maybe use %d %s or a larger input."
              .formatted(
                  request.profile().device(devices.get(0)).info().name(),
                  others,
                  others == 1 ? "device" : "devices"));
    }
  }
}
