package org.edgeld.workbench.profile;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Slice;

/**
 * The measured time of a whole compute step, as a plan has it.
 *
 * @param block the fused layers
 * @param outputs what is computed of the block's outputs
 * @param nanos median time of the step, not negative
 */
public record TileTime(Block block, List<Slice> outputs, long nanos) {
  public TileTime {
    outputs = List.copyOf(outputs);
    if (nanos < 0) {
      throw new IllegalArgumentException("A step cannot take " + nanos + " ns.");
    }
  }
}
