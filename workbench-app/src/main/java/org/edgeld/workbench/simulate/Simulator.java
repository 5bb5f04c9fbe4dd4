package org.edgeld.workbench.simulate;

import java.util.List;
import java.util.function.Function;
import org.edgeld.geometry.BlockTile;
import org.edgeld.model.TensorShape;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.link.SharedLinks;
import org.edgeld.workbench.trace.Trace;

/**
 * Predicts one frame by discrete events over the very programs that agents execute. A device's
 * processor runs its steps in order. A send takes {@code m + 8n/B} when it is alone; slices that
 * pass an interface at one time share it ({@link SharedLinks}), those of one sender to one receiver
 * follow each other; it arrives half a round trip after its last byte left. A receive waits for its
 * slice. Every compute, send and wait that takes time is one span.
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
    List<TensorShape> shapes = programs.graph().shapes();
    return simulate(programs, step -> step.tile(programs.graph(), shapes), cost);
  }

  /**
   * Simulates one frame of one of many plans.
   *
   * @param programs checked programs: they end, and receives match sends
   * @param tiles knows what steps take, of other plans already
   * @param cost of the programs' model and devices
   * @return as above
   * @throws IllegalStateException if devices wait for each other
   */
  public Trace simulate(
      ProgramSet programs, Function<Step.Compute, BlockTile> tiles, CostModel cost) {
    return new Simulation(programs, tiles, cost).run();
  }
}
