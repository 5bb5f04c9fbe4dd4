package org.edgeld.workbench.planner;

import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.plan.Plan;

/**
 * Compiles a plan into one program per device. At each boundary between stages, the difference
 * between who owns which rows of the tensor and who needs which rows travels:
 *
 * <ul>
 *   <li>peer to peer, each owner sends the missing rows straight to who needs them;
 *   <li>through the head, as EdgeLD does it, each owner sends its whole strip to the head, which
 *       then sends each device all the rows it needs, those that it computed itself included. That
 *       is the scheme's cost, and not saved here. Only a tensor that the same sole device goes on
 *       with stays where it is.
 * </ul>
 *
 * <p>A device sends right after it has computed, before it waits for anything, so with sends that
 * never block and receives in the order of the senders' rows every program makes progress. A tensor
 * is released after its last use; the model's outputs stay at the head. The same plan always yields
 * the same programs.
 */
public final class PlanCompiler {
  /**
   * Compiles a plan.
   *
   * @param plan a valid plan
   */
  public ProgramSet compile(Plan plan) {
    return new Compilation(plan).run();
  }
}
