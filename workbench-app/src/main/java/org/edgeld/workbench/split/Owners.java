package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.plan.Stage;

/** Which device hands out which region of which tensor, as far as stages were decided. */
final class Owners {
  private final PlanContext context;
  private final Map<TensorId, List<Region>> owned = new HashMap<>();

  /** Creates the state at the beginning of a frame: the input is at the head. */
  Owners(PlanContext context) {
    this.context = context;
    gather(TensorId.INPUT);
  }

  /** Says that devices have computed a stage of strips. */
  void compute(Stage stage) {
    for (int device = 0; device < context.devices(); device++) {
      for (Slice slice : stage.outputs().get(device)) {
        owned.computeIfAbsent(slice.tensor(), tensor -> nobody()).set(device, slice.region());
      }
    }
  }

  /** Says that a tensor is whole at the head. */
  void gather(TensorId tensor) {
    List<Region> regions = nobody();
    regions.set(context.head().index(), Region.whole(context.geometry().shape(tensor)));
    owned.put(tensor, regions);
  }

  /** Returns what a device hands out of a tensor that was made. */
  Region of(TensorId tensor, int device) {
    return owned.get(tensor).get(device);
  }

  private List<Region> nobody() {
    return new ArrayList<>(Collections.nCopies(context.devices(), Region.EMPTY));
  }
}
