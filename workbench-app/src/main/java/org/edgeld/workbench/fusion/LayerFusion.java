package org.edgeld.workbench.fusion;

import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;

/** No fusion: rows are exchanged after every layer, in a branching network where branches meet. */
public final class LayerFusion extends UnitFusion {
  @Override
  public String id() {
    return "layer";
  }

  @Override
  public String title() {
    return "Layer by layer";
  }

  @Override
  public String explanation() {
    return "Every layer is a block: nothing is computed twice, but rows travel after each layer"
        + " (MoDNN, Mao et al., DATE 2017).";
  }

  @Override
  boolean endsBehind(ModelGraph graph, Block unit, int units) {
    return true;
  }
}
