package org.edgeld.workbench.fusion;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.model.Layer;
import org.edgeld.workbench.plan.ModelGeometry;

/**
 * The layers that always stay together: those between two neighbouring cuts, divided once more
 * before each layer that needs all rows of its input. A squeeze-and-excitation block (Hu et al.
 * 2018) so becomes what leads up to the means of its rows, and the rest, which starts from all of
 * these means: they are few, every device receives them all, and the rest is computed in strips
 * again.
 */
public final class Units {
  private Units() {}

  /** Returns the units in order. */
  public static List<Block> of(ModelGeometry geometry) {
    List<Block> units = new ArrayList<>();
    List<Integer> cuts = geometry.cuts();
    int start = 0;
    for (int i = 1; i < cuts.size(); i++) {
      for (int layer = start + 1; layer < cuts.get(i); layer++) {
        if (needsAllRows(geometry, layer)) {
          units.add(new Block(start, layer));
          start = layer;
        }
      }
      units.add(new Block(start, cuts.get(i)));
      start = cuts.get(i);
    }
    return units;
  }

  /** Tells whether some rows of a layer's output take all of several rows of an input. */
  static boolean needsAllRows(ModelGeometry geometry, int layerIndex) {
    Layer layer = geometry.graph().layers().get(layerIndex);
    return !ReceptiveField.splitsByRows(layer.operator())
        && layer.inputs().stream().anyMatch(tensor -> geometry.shape(tensor).height() > 1);
  }
}
