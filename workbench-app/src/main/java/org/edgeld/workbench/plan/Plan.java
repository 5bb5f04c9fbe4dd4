package org.edgeld.workbench.plan;

import java.util.List;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;

/**
 * Who computes what, block after block.
 *
 * @param graph the model
 * @param devices how many devices there are, idle ones included
 * @param head who holds input and output
 * @param routing which way slices travel
 * @param stages blocks in order, covering every layer once
 */
public record Plan(
    ModelGraph graph, int devices, DeviceId head, Routing routing, List<Stage> stages) {
  public Plan {
    stages = List.copyOf(stages);
  }

  /** Returns the number of blocks of which a device computes several tiles one after the other. */
  public int blocksInParts() {
    return (int) stages.stream().filter(Stage::inParts).count();
  }
}
