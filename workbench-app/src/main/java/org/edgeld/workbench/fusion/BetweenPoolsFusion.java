package org.edgeld.workbench.fusion;

import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;

/**
 * A block ends behind every pooling layer, which travels inside its block; or, when the head pools,
 * a block is the convolutions between two pools, EdgeLD's layer fusion (Xue et al., HPCC 2020).
 */
public final class BetweenPoolsFusion extends UnitFusion {
  @Override
  public String id() {
    return "between-pools";
  }

  @Override
  public String title() {
    return "Between pools";
  }

  @Override
  public String explanation() {
    return "All layers up to the next pooling layer are fused: each device computes a few more rows"
        + " at its borders instead of exchanging them (EdgeLD, Xue et al., HPCC 2020).";
  }

  @Override
  boolean endsBehind(ModelGraph graph, Block unit, int units) {
    return endsWithPool(graph, unit);
  }
}
