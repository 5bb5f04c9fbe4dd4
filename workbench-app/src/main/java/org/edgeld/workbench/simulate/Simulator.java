package org.edgeld.workbench.simulate;

import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.trace.Trace;

/**
 * Predicts one frame by discrete events over the very programs that agents execute. A device's
 * processor runs its steps in order; a send queues at the sender's egress and at the receiver's
 * ingress interface, each first come, first served, for {@code 8n/B}, and arrives half a round trip
 * later; a receive waits for its slice. Every compute, send and wait that takes time is one span.
 */
public final class Simulator {
  /**
   * Simulates one frame.
   *
   * @param programs checked programs: they end, and receives match sends
   * @param cost of the programs' model and devices
   * @return spans of the frame, the head's clock starting with the frame; clock errors are 0
   * @throws IllegalStateException if devices wait for each other
   */
  public Trace simulate(ProgramSet programs, CostModel cost) {
    return new Simulation(programs, cost).run();
  }
}
