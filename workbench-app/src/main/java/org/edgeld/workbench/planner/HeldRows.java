package org.edgeld.workbench.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.edgeld.geometry.Range;
import org.edgeld.model.TensorId;

/** Which rows of which tensors one device holds: per tensor, disjoint ranges, ascending. */
final class HeldRows {
  private final Map<TensorId, List<Range>> held = new TreeMap<>();

  /** Adds rows; adjacent and overlapping ranges become one. */
  void add(TensorId tensor, Range rows) {
    List<Range> merged = new ArrayList<>();
    Range grown = rows;
    for (Range range : held.getOrDefault(tensor, List.of())) {
      if (range.end() < grown.start()) {
        merged.add(range);
      } else if (range.start() <= grown.end()) {
        grown = grown.hull(range);
      }
    }
    merged.add(grown);
    for (Range range : held.getOrDefault(tensor, List.of())) {
      if (range.start() > grown.end()) {
        merged.add(range);
      }
    }
    held.put(tensor, merged);
  }

  /** Tells whether all of these rows are here. */
  boolean holds(TensorId tensor, Range rows) {
    return rows.isEmpty() || of(tensor).stream().anyMatch(range -> range.contains(rows));
  }

  /** Returns the rows held of a tensor, none if there are none. */
  List<Range> of(TensorId tensor) {
    return held.getOrDefault(tensor, List.of());
  }

  /** Forgets a tensor. */
  void remove(TensorId tensor) {
    held.remove(tensor);
  }

  /** Returns the tensors of which rows are held, ascending. */
  List<TensorId> tensors() {
    return List.copyOf(held.keySet());
  }
}
