package org.edgeld.workbench.planner;

import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;

/**
 * Compiles a plan into one program per device. At each boundary between stages, the difference
 * between who owns which regions of the tensors that the next tiles read and who needs which of
 * them travels; a tensor that is read only later stays with its owners until then:
 *
 * <ul>
 *   <li>peer to peer, each owner sends what is missing straight to who needs it, and what a device
 *       received once it need not receive again;
 *   <li>through the head, as EdgeLD does it, each owner sends all it has of a tensor to the head
 *       and forgets it, at the first boundary at which the tensor is needed. The head then sends
 *       each device all it needs, what it computed itself included. That is the scheme's cost, and
 *       not saved here. Only a tensor that the same sole device goes on with stays where it is.
 * </ul>
 *
 * <p>The model's outputs go to the head as soon as they are made, and stay there. Every other
 * tensor is released on each device right after its last use.
 *
 * <p>A device with several tiles of a block computes them one after the other and receives what the
 * next one needs in between, so it computes while that is under way. A slice leaves right after the
 * tile that completes it, while the next tile is computed, and all have left before the device
 * waits for the next stage, so with sends that never block and receives in the order of the sends
 * every program makes progress. The same plan always yields the same programs.
 */
public final class PlanCompiler {
  /**
   * Compiles a plan.
   *
   * @param plan a valid plan
   */
  public ProgramSet compile(Plan plan) {
    return compile(plan, new ModelGeometry(plan.graph()));
  }

  /**
   * Compiles one of many plans.
   *
   * @param plan a valid plan
   * @param geometry of the plan's model, which knows tiles of other plans already
   */
  ProgramSet compile(Plan plan, ModelGeometry geometry) {
    return new Compilation(plan, geometry).run();
  }
}
