package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Axis;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.onnx.graph.Dims;

/**
 * How the elements of an ONNX tensor lie in a feature map. Both are made of the same atoms: a
 * tensor axis is a sequence of atoms, and so are the channels, rows and columns. So most of what
 * Reshape, Transpose, Flatten and Squeeze do costs nothing: the feature map stays and only the
 * grouping or order of its atoms as axes changes. Only where an operator wants other places do
 * elements move ({@link Mover}). Atoms have an extent of at least 2; an axis of extent 1 has none.
 */
final class Layout {
  /**
   * A part of an axis.
   *
   * @param id distinguishes atoms of one layout
   * @param extent at least 2
   */
  record Atom(int id, int extent) {}

  private final List<List<Atom>> axes;
  private final List<List<Atom>> map;

  private Layout(List<List<Atom>> axes, List<List<Atom>> map) {
    this.axes = copy(axes);
    this.map = copy(map);
  }

  private static List<List<Atom>> copy(List<List<Atom>> lists) {
    return lists.stream().map(List::copyOf).toList();
  }

  /** Returns the layout in which the axes of a tensor lie as {@code placement} says. */
  static Layout of(Dims dims, Placement placement) {
    List<List<Atom>> axes = new ArrayList<>();
    for (int axis = 0; axis < dims.rank(); axis++) {
      axes.add(dims.extent(axis) > 1 ? List.of(new Atom(axis, dims.extent(axis))) : List.of());
    }
    Layout layout = new Layout(axes, placed(axes, placement));
    if (layout.shape().elements() != dims.size()) {
      throw new IllegalArgumentException(
          "The places %s leave out an axis of %s.".formatted(placement, dims));
    }
    return layout.merged();
  }

  private static List<List<Atom>> placed(List<List<Atom>> axes, Placement placement) {
    List<List<Atom>> map = new ArrayList<>();
    for (Axis place : Axis.values()) {
      List<Atom> atoms = new ArrayList<>();
      placement.at(place).forEach(axis -> atoms.addAll(axes.get(axis)));
      map.add(atoms);
    }
    return map;
  }

  /** Returns the extents of the tensor. */
  Dims dims() {
    return new Dims(axes.stream().map(Layout::extent).toList());
  }

  /** Returns the shape of the feature map. */
  TensorShape shape() {
    return new TensorShape(extent(map.get(0)), extent(map.get(1)), extent(map.get(2)));
  }

  static int extent(List<Atom> atoms) {
    int extent = 1;
    for (Atom atom : atoms) {
      extent *= atom.extent();
    }
    return extent;
  }

  /** Returns the atoms of an axis of the tensor. */
  List<Atom> axis(int axis) {
    return axes.get(axis);
  }

  /** Returns the atoms of an axis of the feature map. */
  List<Atom> at(Axis place) {
    return map.get(place.ordinal());
  }

  /** Returns all atoms in the order of the feature map. */
  List<Atom> mapOrder() {
    return map.stream().flatMap(List::stream).toList();
  }

  /** Returns the atoms of channels, rows and columns as a placement would have them. */
  List<List<Atom>> placed(Placement placement) {
    return placed(axes, placement);
  }

  /** Returns this tensor in a feature map of other places. */
  Layout moved(List<List<Atom>> places) {
    return new Layout(axes, places).merged();
  }

  /** Returns the places of whole axes, or nothing if an axis is spread over places. */
  Optional<Placement> placement() {
    List<List<Integer>> places = new ArrayList<>();
    for (List<Atom> atoms : map) {
      List<Integer> found = new ArrayList<>();
      int at = 0;
      while (at < atoms.size()) {
        int axis = axisBeginningWith(atoms.get(at));
        List<Atom> whole = axis < 0 ? List.of() : axes.get(axis);
        if (whole.isEmpty()
            || at + whole.size() > atoms.size()
            || !atoms.subList(at, at + whole.size()).equals(whole)) {
          return Optional.empty();
        }
        found.add(axis);
        at += whole.size();
      }
      places.add(found);
    }
    return Optional.of(new Placement(places.get(0), places.get(1), places.get(2)));
  }

  private int axisBeginningWith(Atom atom) {
    for (int axis = 0; axis < axes.size(); axis++) {
      if (!axes.get(axis).isEmpty() && axes.get(axis).get(0).equals(atom)) {
        return axis;
      }
    }
    return -1;
  }

  /** Tells whether another tensor of the same extents lies in its feature map just as this one. */
  boolean isLike(Layout other) {
    return signature().equals(other.signature());
  }

  private List<List<String>> signature() {
    return map.stream().map(atoms -> atoms.stream().map(this::describe).toList()).toList();
  }

  private String describe(Atom atom) {
    for (int axis = 0; axis < axes.size(); axis++) {
      int index = axes.get(axis).indexOf(atom);
      if (index >= 0) {
        return axis + "." + index + ":" + atom.extent();
      }
    }
    throw new IllegalStateException("Every atom belongs to an axis.");
  }

  /** Returns the layout of a tensor whose axis {@code i} is axis {@code permutation[i]} of this. */
  Layout transposed(List<Integer> permutation) {
    return new Layout(permutation.stream().map(axes::get).toList(), map);
  }

  /** Returns this layout with axes of extent 1 in front, up to a rank. */
  Layout padded(int rank) {
    List<List<Atom>> padded =
        new ArrayList<>(Collections.nCopies(Math.max(0, rank - axes.size()), List.of()));
    padded.addAll(axes);
    return new Layout(padded, map);
  }

  /** Returns this layout without some axes, whose extent is 1. */
  Layout without(List<Integer> dropped) {
    List<List<Atom>> kept = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      if (!dropped.contains(axis)) {
        kept.add(axes.get(axis));
      }
    }
    return new Layout(kept, map);
  }

  /**
   * Returns the layout of the same elements, in the order of the tensor, under other extents.
   *
   * @param dims extents with the same number of elements
   * @return nothing if an extent would need a part of an atom that does not divide it
   */
  Optional<Layout> reshaped(Dims dims) {
    List<Atom> order = new ArrayList<>();
    axes.forEach(order::addAll);
    Layout flat = new Layout(List.of(order), map).merged();
    return new Regrouping(flat.axes.get(0), flat.map).into(dims).map(Layout::merged);
  }

  /** Cuts a sequence of atoms into axes, cutting atoms where it has to. */
  private static final class Regrouping {
    private final List<Atom> left;
    private final List<List<Atom>> map = new ArrayList<>();
    private int nextId;

    Regrouping(List<Atom> order, List<List<Atom>> map) {
      this.left = new ArrayList<>(order);
      map.forEach(atoms -> this.map.add(new ArrayList<>(atoms)));
      this.nextId = order.stream().mapToInt(Atom::id).max().orElse(0) + 1;
    }

    Optional<Layout> into(Dims dims) {
      List<List<Atom>> axes = new ArrayList<>();
      for (int extent : dims.extents()) {
        List<Atom> atoms = new ArrayList<>();
        int missing = extent;
        while (missing > 1) {
          Atom next = left.remove(0);
          if (missing % next.extent() != 0) {
            if (next.extent() % missing != 0) {
              return Optional.empty();
            }
            next = cut(next, missing);
          }
          atoms.add(next);
          missing /= next.extent();
        }
        axes.add(atoms);
      }
      return Optional.of(new Layout(axes, map));
    }

    /** Returns the outer part of an atom and leaves the inner. */
    private Atom cut(Atom atom, int outerExtent) {
      Atom outer = new Atom(nextId++, outerExtent);
      Atom inner = new Atom(nextId++, atom.extent() / outerExtent);
      left.add(0, inner);
      for (List<Atom> atoms : map) {
        int index = atoms.indexOf(atom);
        if (index >= 0) {
          atoms.set(index, outer);
          atoms.add(index + 1, inner);
        }
      }
      return outer;
    }
  }

  /** Joins neighbours that are neighbours both in the tensor and in the feature map. */
  private Layout merged() {
    List<List<Atom>> mergedAxes = new ArrayList<>();
    List<List<Atom>> mergedMap = new ArrayList<>();
    map.forEach(atoms -> mergedMap.add(new ArrayList<>(atoms)));
    for (List<Atom> atoms : axes) {
      List<Atom> joined = new ArrayList<>();
      for (Atom atom : atoms) {
        if (!joined.isEmpty() && joins(joined, atom, mergedMap)) {
          continue;
        }
        joined.add(atom);
      }
      mergedAxes.add(joined);
    }
    return new Layout(mergedAxes, mergedMap);
  }

  private static boolean joins(List<Atom> joined, Atom atom, List<List<Atom>> map) {
    Atom before = joined.get(joined.size() - 1);
    for (List<Atom> atoms : map) {
      int index = atoms.indexOf(before);
      if (index >= 0 && index + 1 < atoms.size() && atoms.get(index + 1).equals(atom)) {
        Atom both = new Atom(before.id(), before.extent() * atom.extent());
        atoms.set(index, both);
        atoms.remove(index + 1);
        joined.set(joined.size() - 1, both);
        return true;
      }
    }
    return false;
  }
}
