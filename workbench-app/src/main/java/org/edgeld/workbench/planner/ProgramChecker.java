package org.edgeld.workbench.planner;

import org.edgeld.program.ProgramSet;

/**
 * Proves by symbolic execution, without any tensor, that programs do what they must: every compute
 * and every send has what it uses, every receive gets exactly the slice that its sender's next
 * unreceived send offers, no device waits for ever, nothing is computed or received twice, and at
 * the end the head holds all outputs and nobody holds anything else.
 */
public final class ProgramChecker {
  /**
   * Checks programs.
   *
   * @throws IllegalStateException naming device, step and what is missing: a defect of the compiler
   */
  public void check(ProgramSet programs) {
    new SymbolicRun(programs).run();
  }
}
