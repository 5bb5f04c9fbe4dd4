package org.edgeld.agent.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;
import org.edgeld.model.TensorShape;

/** Divisions of a tensor into disjoint boxes that cover it. */
final class Boxes {
  private Boxes() {}

  /** Returns strips along an axis, of sizes that differ by at most one. */
  static List<Region> along(TensorShape shape, Axis axis, int parts) {
    return along(Region.whole(shape), axis, parts);
  }

  private static List<Region> along(Region whole, Axis axis, int parts) {
    List<Region> strips = new ArrayList<>();
    Range all = whole.along(axis);
    int start = all.start();
    for (int i = 1; i <= parts; i++) {
      int end = all.start() + all.size() * i / parts;
      strips.add(whole.with(axis, new Range(start, end)));
      start = end;
    }
    return strips;
  }

  /** Returns rows × columns boxes, row after row. */
  static List<Region> grid(TensorShape shape, int rows, int columns) {
    return along(shape, Axis.ROWS, rows).stream()
        .flatMap(strip -> along(strip, Axis.COLUMNS, columns).stream())
        .toList();
  }

  /** Returns a tensor on one device alone. */
  static List<Region> only(TensorShape shape, int device, int devices) {
    List<Region> boxes = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      boxes.add(i == device ? Region.whole(shape) : Region.EMPTY);
    }
    return boxes;
  }

  /** Returns boxes cut out at random, some perhaps empty. */
  static List<Region> random(TensorShape shape, int parts, Random random) {
    List<Region> boxes = new ArrayList<>(List.of(Region.whole(shape)));
    while (boxes.size() < parts) {
      Region box = boxes.remove(random.nextInt(boxes.size()));
      Axis axis = Axis.values()[random.nextInt(Axis.values().length)];
      Range range = box.along(axis);
      int middle = range.start() + random.nextInt(range.size() + 1);
      boxes.add(box.with(axis, new Range(range.start(), middle)));
      boxes.add(box.with(axis, new Range(middle, range.end())));
    }
    return boxes.stream().map(box -> box.isEmpty() ? Region.EMPTY : box).toList();
  }
}
