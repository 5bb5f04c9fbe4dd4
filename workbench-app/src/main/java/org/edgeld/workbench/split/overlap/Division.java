package org.edgeld.workbench.split.overlap;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Slice;
import org.edgeld.workbench.plan.Stage;

/**
 * A stage whose strips are cut in some order.
 *
 * @param order how they are cut
 * @param parts per device, its parts one after the other, none if it idles
 */
record Division(Order order, Part[][] parts) {
  /** Returns the most parts that a device has. */
  int rounds() {
    int most = 0;
    for (Part[] own : parts) {
      most = Math.max(most, own.length);
    }
    return most;
  }

  /** Returns how long a device computes. */
  double nanos(int device) {
    double nanos = 0;
    for (Part part : parts[device]) {
      nanos += part.nanos();
    }
    return nanos;
  }

  /** Returns the stage as it is compiled. */
  Stage stage(Stage whole) {
    List<List<Slice>> outputs = new ArrayList<>();
    for (Part[] own : parts) {
      List<Slice> slices = new ArrayList<>();
      for (Part part : own) {
        slices.addAll(part.outputs());
      }
      outputs.add(slices);
    }
    return new Stage(whole.block(), outputs);
  }
}
