package org.edgeld.workbench.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.bound.LowerBound;
import org.edgeld.workbench.fusion.FusionRequest;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.Bounds;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Routing;
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
  private final Rivals rivals;
  private final PlanValidator validator = new PlanValidator();
  private final PlanCompiler compiler = new PlanCompiler();
  private final ProgramChecker checker = new ProgramChecker();
  private final Simulator simulator = new Simulator();

  public DefaultPlanner(SplitStrategies strategies, FusionRules fusionRules) {
    this.strategies = strategies;
    this.fusionRules = fusionRules;
    this.rivals = new Rivals(strategies, fusionRules);
  }

  /** Returns a planner with all strategies and rules on the class path. */
  public static DefaultPlanner load() {
    return new DefaultPlanner(SplitStrategies.load(), FusionRules.load());
  }

  @Override
  public PlannedRun plan(PlanRequest request, JobMonitor monitor)
      throws InfeasiblePlanException, JobCancelledException {
    return plan(request, List.of(), monitor);
  }

  @Override
  public PlannedRun plan(PlanRequest request, List<PlanRequest> beside, JobMonitor monitor)
      throws InfeasiblePlanException, JobCancelledException {
    SplitStrategy strategy = strategy(request);
    requireHead(request);
    try {
      Knowledge known = Knowledge.of(request, monitor);
      Overlapping overlapping = overlapping(strategy, request, known);
      Plan plan = planWith(strategy, request, known, overlapping, beside);
      return predict(request, overlapping.of(plan), known);
    } catch (StoppableCost.Stopped e) {
      throw new JobCancelledException();
    }
  }

  @Override
  public PlannedRun predict(PlanRequest request, Plan plan, JobMonitor monitor)
      throws InfeasiblePlanException, JobCancelledException {
    strategies.find(request.method().strategy(), request.method().options());
    fusionRules.find(request.method().fusion());
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

  private SplitStrategy strategy(PlanRequest request) throws InfeasiblePlanException {
    return strategies.find(request.method().strategy(), request.method().options());
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
    ProgramSet programs = compiler.compile(plan, known.geometry());
    checker.check(programs);
    new Arrivals(request).require(programs);
    Trace prediction = simulate(programs, known);
    MemoryCheck memory = new MemoryCheck(request);
    List<Long> memoryBytes = memory.bytes(programs);
    Optional<MemoryCheck.Shortage> shortage = memory.shortage(memoryBytes);
    if (shortage.isPresent()) {
      throw new InfeasiblePlanException(
          "The plan needs %s. %s".formatted(shortage.get(), insteadOf(request, known)));
    }
    Bounds bounds = LowerBound.of(request, known.geometry(), known.cost());
    double pace = SteadyState.of(programs, known.cost()).nanosPerFrame();
    return new PlannedRun(
        request,
        plan,
        programs,
        prediction,
        memoryBytes,
        memory.frameBytes(programs),
        pace,
        bounds);
  }

  private Overlapping overlapping(SplitStrategy strategy, PlanRequest request, Knowledge known) {
    Overlap wanted = request.method().overlap();
    boolean streams = strategy.plansForStreams(request.method().options());
    return wanted == Overlap.OFF || (streams && wanted == Overlap.AUTO)
        ? Overlapping.NONE
        : new OverlapPass(
            wanted,
            known.geometry(),
            known.cost(),
            known.times(),
            plan -> latencyNanos(plan, request, known));
  }

  private Plan planWith(
      SplitStrategy strategy,
      PlanRequest request,
      Knowledge known,
      Overlapping overlapping,
      List<PlanRequest> beside)
      throws InfeasiblePlanException {
    FusionRequest wanted = new FusionRequest(request.graph(), request.method().poolsOnHead());
    return strategy.plan(
        new PlanContext(
            request,
            known.geometry(),
            fusionRules.find(request.method().fusion()).blocks(wanted),
            known.cost(),
            known.times(),
            plan -> latencyNanos(plan, request, known),
            plan ->
                feasible(plan, request, known)
                    .map(programs -> SteadyState.of(programs, known.cost()).nanosPerFrame())
                    .orElse(Double.POSITIVE_INFINITY),
            List.of(
                () -> plans(askedBeside(request, beside), known.beside(request)),
                () -> plans(rivals.throughHead(request, notOf(request)), known.beside(request))),
            overlapping));
  }

  private double latencyNanos(Plan plan, PlanRequest request, Knowledge known) {
    return known.latencyNanos(
        plan,
        () ->
            feasible(plan, request, known)
                .map(programs -> simulate(programs, known))
                .map(trace -> (double) trace.latencyNanos())
                .orElse(Double.POSITIVE_INFINITY));
  }

  private Trace simulate(ProgramSet programs, Knowledge known) {
    return simulator.simulate(programs, known.geometry()::tile, known.cost());
  }

  /** Returns the programs of a plan if every device can start and has the memory for it. */
  private Optional<ProgramSet> feasible(Plan plan, PlanRequest request, Knowledge known) {
    return Optional.of(compiler.compile(plan, known.geometry()))
        .filter(
            programs ->
                new Arrivals(request).everywhere(programs)
                    && new MemoryCheck(request).fits(programs));
  }

  /** What to do with a plan that another strategy made. */
  private interface Contender {
    void made(SplitStrategy strategy, Plan plan);
  }

  /** Plans for each request, strips uncut, and skips failures. */
  private void planAll(List<PlanRequest> requests, Knowledge known, Contender each) {
    for (PlanRequest request : requests) {
      try {
        SplitStrategy strategy = strategy(request);
        each.made(strategy, planWith(strategy, request, known, Overlapping.NONE, List.of()));
      } catch (InfeasiblePlanException e) {
        continue;
      }
    }
  }

  /** Returns what all other strategies plan with a request's routing, and what was asked beside. */
  private List<PlanRequest> askedBeside(PlanRequest request, List<PlanRequest> beside) {
    Method asked = request.method();
    List<PlanRequest> requests = new ArrayList<>(rivals.of(request, notOf(request)));
    beside.stream()
        .filter(other -> !other.method().strategy().equals(asked.strategy()))
        .filter(
            other -> other.method().routing() == asked.routing() || asked.routing() == Routing.PEER)
        .forEach(requests::add);
    return requests;
  }

  private static Predicate<SplitStrategy> notOf(PlanRequest request) {
    return strategy -> !strategy.id().equals(request.method().strategy());
  }

  private List<Plan> plans(List<PlanRequest> requests, Knowledge known) {
    List<Plan> plans = new ArrayList<>();
    planAll(requests, known, (strategy, plan) -> plans.add(plan));
    return plans;
  }

  /** Returns what would fit in place of a plan that does not, for the user. */
  private String insteadOf(PlanRequest request, Knowledge known) {
    MemoryAdvice advice = new MemoryAdvice(new MemoryCheck(request));
    for (PlanRequest other : rivals.of(request, strategy -> true)) {
      planAll(
          List.of(other),
          known,
          (strategy, plan) -> {
            ProgramSet programs = compiler.compile(plan, known.geometry());
            if (new Arrivals(request).everywhere(programs)) {
              String fusion =
                  strategy.usesFusion() ? " with fusion " + other.method().fusion() : "";
              advice.consider(
                  "the strategy " + strategy.id() + fusion,
                  programs,
                  simulate(programs, known).latencyNanos());
            }
          });
    }
    return advice.sentence();
  }
}
