package org.edgeld.workbench.fusion;

import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;

/** Blocks of a fixed number of units; its id is that number. */
public final class FixedDepthFusion extends UnitFusion {
  private final int depth;

  /**
   * Creates the rule.
   *
   * @param depth units a block, at least 1
   */
  public FixedDepthFusion(int depth) {
    if (depth < 1) {
      throw new IllegalArgumentException("The fusion depth (" + depth + ") is less than 1.");
    }
    this.depth = depth;
  }

  @Override
  public String id() {
    return Integer.toString(depth);
  }

  @Override
  public String title() {
    return depth == 1 ? "Depth 1" : depth + " layers deep";
  }

  @Override
  public String explanation() {
    return "Every "
        + depth
        + " layers are fused: the deeper, the fewer exchanges and the more rows are computed twice.";
  }

  @Override
  boolean endsBehind(ModelGraph graph, Block unit, int units) {
    return units >= depth;
  }
}
