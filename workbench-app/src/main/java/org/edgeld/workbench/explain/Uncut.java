package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.plan.Stage;

/** Puts strips together again that are computed in parts. */
final class Uncut {
  private Uncut() {}

  /** Returns stages in which the parts of a device's box are one; others stay as they are. */
  static List<Stage> of(List<Stage> stages) {
    List<Stage> uncut = new ArrayList<>();
    for (Stage stage : stages) {
      uncut.add(
          new Stage(
              stage.block(), stage.outputs().stream().map(Uncut::whole).toList(), stage.summed()));
    }
    return uncut;
  }

  private static List<Slice> whole(List<Slice> parts) {
    List<TensorId> tensors = parts.stream().map(Slice::tensor).distinct().toList();
    List<Slice> wholes = new ArrayList<>();
    for (TensorId tensor : tensors) {
      Region hull = Region.EMPTY;
      long elements = 0;
      for (Slice part : parts) {
        if (part.tensor().equals(tensor)) {
          hull = hull.hull(part.region());
          elements += part.elements();
        }
      }
      if (hull.elements() != elements) {
        return parts;
      }
      wholes.add(new Slice(tensor, hull));
    }
    return wholes;
  }
}
