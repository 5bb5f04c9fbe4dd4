package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.PlanCompiler;
import org.edgeld.workbench.simulate.Simulator;

/** Simulates a plan with something changed. */
final class WhatIf {
  private static final int SPEEDUP = 2;

  private final PlannedRun planned;
  private final ModelGeometry geometry;
  private final CostModel cost;
  private final PlanCompiler compiler = new PlanCompiler();
  private final Simulator simulator = new Simulator();

  WhatIf(PlannedRun planned) {
    this.planned = planned;
    this.geometry = new ModelGeometry(planned.plan().graph());
    this.cost =
        new MeasuredCost(
            planned.plan().graph(), planned.request().profile(), planned.request().precision());
  }

  ModelGeometry geometry() {
    return geometry;
  }

  CostModel cost() {
    return cost;
  }

  /** Returns the latency of the plan with other stages. */
  double nanos(List<Stage> stages) {
    Plan plan = planned.plan();
    Plan changed = new Plan(plan.graph(), plan.devices(), plan.head(), plan.routing(), stages);
    return simulator.simulate(compiler.compile(changed), cost).latencyNanos();
  }

  /** Returns the latency of the undivided network on the head. */
  double undividedNanos() {
    Plan plan = planned.plan();
    List<Stage> alone = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      alone.add(
          Stage.on(plan.graph(), geometry.shapes(), stage.block(), plan.head(), plan.devices()));
    }
    return nanos(alone);
  }

  /** Returns the latency if a device computed twice as fast. */
  double nanosWithFasterProcessor(DeviceId device) {
    return nanos(planned.programs(), new FasterDevice(cost, device, SPEEDUP, 1));
  }

  /** Returns the latency if what a device sends and receives took half the time. */
  double nanosWithFasterLink(DeviceId device) {
    return nanos(planned.programs(), new FasterDevice(cost, device, 1, SPEEDUP));
  }

  private double nanos(ProgramSet programs, CostModel other) {
    return simulator.simulate(programs, other).latencyNanos();
  }
}
