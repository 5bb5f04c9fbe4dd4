package org.edgeld.workbench.explain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.Feasibility;
import org.edgeld.workbench.planner.PlanCompiler;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.simulate.Simulator;
import org.edgeld.workbench.simulate.SteadyState;

/**
 * Simulates a plan with something changed. A changed plan has steps that no device timed as a
 * whole, so it is compared with the plan as the times of its layers predict both. The plan at hand
 * is simulated as well, for the prediction of a kept run may come from an older simulator.
 */
final class WhatIf {
  private static final int SPEEDUP = 2;

  private final PlannedRun planned;
  private final ModelGeometry geometry;
  private final CostModel cost;
  private final CostModel ofLayers;
  private final double latencyNanos;
  private final double nanosOfLayers;
  private final PlanCompiler compiler = new PlanCompiler();
  private final Simulator simulator = new Simulator();

  WhatIf(PlannedRun planned) {
    this.planned = planned;
    this.geometry = new ModelGeometry(planned.plan().graph());
    ClusterProfile profile = planned.request().profile();
    this.cost = cost(profile);
    boolean timed = profile.devices().stream().anyMatch(device -> !device.tiles().isEmpty());
    this.ofLayers = timed ? cost(withoutSteps(profile)) : cost;
    this.latencyNanos = nanos(planned.programs(), cost);
    this.nanosOfLayers = timed ? nanos(planned.programs(), ofLayers) : latencyNanos;
  }

  private CostModel cost(ClusterProfile profile) {
    return new MeasuredCost(
        planned.plan().graph(), profile, planned.request().method().precision());
  }

  private static ClusterProfile withoutSteps(ClusterProfile profile) {
    return profile.with(
        profile.devices().stream()
            .map(
                device ->
                    new DeviceProfile(
                        device.info(), device.layers(), device.overhead(), device.regression()))
            .toList());
  }

  ModelGeometry geometry() {
    return geometry;
  }

  CostModel cost() {
    return cost;
  }

  /** Returns the plan's latency as simulated here and now, in nanoseconds. */
  double latencyNanos() {
    return latencyNanos;
  }

  /**
   * Returns by how much other stages would be faster.
   *
   * @return −∞ if the devices cannot run them
   */
  double saved(List<Stage> stages) {
    ProgramSet programs = compiled(stages);
    return new Feasibility(planned.request()).of(programs)
        ? nanosOfLayers - nanos(programs, ofLayers)
        : Double.NEGATIVE_INFINITY;
  }

  private ProgramSet compiled(List<Stage> stages) {
    Plan plan = planned.plan();
    return compiler.compile(
        new Plan(plan.graph(), plan.devices(), plan.head(), plan.routing(), stages));
  }

  /** Returns the undivided network on the head, in the steps in which its baseline runs. */
  Undivided undivided() {
    Plan plan = planned.plan();
    ProgramSet programs =
        compiled(
            geometry.undivided().stream()
                .map(block -> geometry.alone(block, plan.head(), plan.devices()))
                .toList());
    Optional<String> shortage = new Feasibility(planned.request()).shortage(programs);
    return new Undivided(
        shortage.isPresent() ? OptionalDouble.empty() : OptionalDouble.of(nanos(programs, cost)),
        shortage);
  }

  /** Returns what a device that computed twice as fast would save. */
  double savedByFasterProcessor(DeviceId device) {
    return savedBy(fasterProcessor(device));
  }

  /** Returns what it would save if a device's interfaces were twice as fast. */
  double savedByFasterLink(DeviceId device) {
    return savedBy(fasterLink(device));
  }

  /** Returns the time per frame of an endless stream if the busiest resource were twice as fast. */
  double paceWithFaster(SteadyState.Load busiest) {
    CostModel faster =
        busiest.resource() == SteadyState.Resource.PROCESSOR
            ? fasterProcessor(busiest.device())
            : fasterLink(busiest.device());
    return SteadyState.of(planned.programs(), faster).nanosPerFrame();
  }

  private CostModel fasterProcessor(DeviceId device) {
    return new FasterDevice(cost, device, SPEEDUP, 1);
  }

  private CostModel fasterLink(DeviceId device) {
    return new FasterDevice(cost, device, 1, SPEEDUP);
  }

  private double savedBy(CostModel other) {
    return latencyNanos - nanos(planned.programs(), other);
  }

  private double nanos(ProgramSet programs, CostModel model) {
    return simulator.simulate(programs, model).latencyNanos();
  }
}
