package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Axis;
import org.edgeld.workbench.onnx.graph.Dims;

/**
 * Which axes of an ONNX tensor make up the channels, rows and columns of a feature map, outermost
 * first. Axes of extent 1 need no place.
 *
 * @param channels axes that together are the channels
 * @param rows axes that together are the rows
 * @param columns axes that together are the columns
 */
record Placement(List<Integer> channels, List<Integer> rows, List<Integer> columns) {
  Placement {
    channels = List.copyOf(channels);
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /**
   * Returns where the axes of a tensor lie unless something speaks for other places: N×C×H×W and
   * N×C×L as everywhere, and without a batch axis the first three axes in their order.
   */
  static Placement usual(Dims dims) {
    int rank = dims.rank();
    if (rank >= 4) {
      List<Integer> rows = new ArrayList<>();
      for (int axis = 2; axis < rank - 1; axis++) {
        rows.add(axis);
      }
      return new Placement(List.of(0, 1), rows, List.of(rank - 1));
    }
    boolean batch = rank > 1 && dims.extent(0) == 1;
    int first = batch ? 1 : 0;
    return new Placement(
        first < rank ? List.of(first) : List.of(),
        first + 1 < rank ? List.of(first + 1) : List.of(),
        first + 2 < rank ? List.of(first + 2) : List.of());
  }

  /** Returns the places that spatial operators want: N×C×rows…×columns, or N×C×rows. */
  static Placement spatial(int rank) {
    List<Integer> rows = new ArrayList<>();
    for (int axis = 2; axis < Math.max(3, rank - 1); axis++) {
      rows.add(axis);
    }
    return new Placement(
        List.of(1), rank > 2 ? rows : List.of(), rank > 3 ? List.of(rank - 1) : List.of());
  }

  /** Returns all axes as channels, in their order. */
  static Placement flat(int rank) {
    List<Integer> all = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      all.add(axis);
    }
    return new Placement(all, List.of(), List.of());
  }

  /** Returns the axes at one place. */
  List<Integer> at(Axis place) {
    return switch (place) {
      case CHANNELS -> channels;
      case ROWS -> rows;
      case COLUMNS -> columns;
    };
  }

  /** Returns the place of an axis, if it has one. */
  Optional<Axis> placeOf(int axis) {
    for (Axis place : Axis.values()) {
      if (at(place).contains(axis)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /** Returns these places without axes whose extent is 1. */
  Placement without1(Dims dims) {
    return new Placement(longer(channels, dims), longer(rows, dims), longer(columns, dims));
  }

  private static List<Integer> longer(List<Integer> axes, Dims dims) {
    return axes.stream().filter(axis -> dims.extent(axis) > 1).toList();
  }

  /**
   * Returns these places, with every axis longer than 1 that has none put at an empty one.
   *
   * @return nothing if there is no empty place left
   */
  Optional<Placement> covering(Dims dims) {
    List<List<Integer>> places = new ArrayList<>();
    Placement plain = without1(dims);
    for (Axis place : Axis.values()) {
      places.add(plain.at(place));
    }
    for (int axis = 0; axis < dims.rank(); axis++) {
      if (dims.extent(axis) > 1 && plain.placeOf(axis).isEmpty()) {
        int empty = places.indexOf(List.<Integer>of());
        if (empty < 0) {
          return Optional.empty();
        }
        places.set(empty, List.of(axis));
      }
    }
    return Optional.of(new Placement(places.get(0), places.get(1), places.get(2)));
  }

  /** Returns these places for a tensor with {@code count} more axes in front. */
  Placement shifted(int count) {
    return new Placement(shifted(channels, count), shifted(rows, count), shifted(columns, count));
  }

  private static List<Integer> shifted(List<Integer> axes, int count) {
    return axes.stream().map(axis -> axis + count).toList();
  }
}
