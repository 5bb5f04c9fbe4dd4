package org.edgeld.workbench.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;

/** Which parts of which tensors one device holds: per tensor, disjoint regions. */
final class HeldRegions {
  private final Map<TensorId, List<Region>> held = new TreeMap<>();

  /** Adds a slice; regions that make up a larger one together become one. */
  void add(Slice slice) {
    List<Region> regions = new ArrayList<>(of(slice.tensor()));
    for (Region piece : slice.region().minus(of(slice.tensor()))) {
      Region grown = piece;
      for (int i = 0; i < regions.size(); i++) {
        Region hull = grown.hull(regions.get(i));
        if (hull.elements() == grown.elements() + regions.get(i).elements()) {
          grown = hull;
          regions.remove(i);
          i = -1;
        }
      }
      regions.add(grown);
    }
    held.put(slice.tensor(), List.copyOf(regions));
  }

  /** Returns what of a slice is not here: disjoint regions. */
  List<Region> missing(Slice slice) {
    return slice.region().minus(of(slice.tensor()));
  }

  /** Tells whether all of a slice is here. */
  boolean holds(Slice slice) {
    return missing(slice).isEmpty();
  }

  /** Returns the regions held of a tensor, none if there are none. */
  List<Region> of(TensorId tensor) {
    return held.getOrDefault(tensor, List.of());
  }

  /** Forgets a tensor. */
  void remove(TensorId tensor) {
    held.remove(tensor);
  }

  /** Returns the tensors of which something is held, ascending. */
  List<TensorId> tensors() {
    return List.copyOf(held.keySet());
  }

  /** Returns the bytes of everything held. */
  long bytes() {
    return held.values().stream().flatMap(List::stream).mapToLong(Region::bytes).sum();
  }
}
