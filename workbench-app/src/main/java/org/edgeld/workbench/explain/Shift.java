package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Stage;

/**
 * A stage whose devices own adjacent ranges along one axis, so that a part of one range can be
 * given to another device.
 *
 * @param stage as it is
 * @param axis along which it is divided
 * @param ranges per device, of the output that is largest along the axis
 */
record Shift(Stage stage, Axis axis, List<Range> ranges) {
  /** Returns the stage as one that can be shifted; empty if it is divided in another way. */
  static Optional<Shift> of(Stage stage, ModelGeometry geometry) {
    if (stage.sums() || geometry.outputs(stage.block()).size() != 1) {
      return Optional.empty();
    }
    for (Axis axis : List.of(Axis.ROWS, Axis.CHANNELS)) {
      List<Range> ranges =
          stage.outputs().stream()
              .map(
                  slices ->
                      slices.stream()
                          .map(slice -> slice.region().along(axis))
                          .reduce(Range.EMPTY, Range::hull))
              .toList();
      Shift shift = new Shift(stage, axis, ranges);
      if (shift.with(ranges, geometry).equals(stage)) {
        return Optional.of(shift);
      }
    }
    return Optional.empty();
  }

  /** Returns how many rows or channels a device owns. */
  int size(DeviceId device) {
    return ranges.get(device.index()).size();
  }

  /** Returns the stage after some rows or channels went from one device to another. */
  Stage moved(DeviceId from, DeviceId to, int count, ModelGeometry geometry) {
    List<Integer> order =
        IntStream.range(0, ranges.size())
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer d) -> ranges.get(d).isEmpty() ? 1 : 0)
                    .thenComparingInt(d -> ranges.get(d).start())
                    .thenComparingInt(d -> d))
            .toList();
    List<Range> moved = new ArrayList<>(ranges);
    int start = 0;
    for (int device : order) {
      int size = ranges.get(device).size();
      size -= device == from.index() ? count : 0;
      size += device == to.index() ? count : 0;
      moved.set(device, size == 0 ? Range.EMPTY : new Range(start, start + size));
      start += size;
    }
    return with(moved, geometry);
  }

  private Stage with(List<Range> other, ModelGeometry geometry) {
    List<List<Slice>> outputs = new ArrayList<>();
    for (int device = 0; device < other.size(); device++) {
      List<Slice> slices = new ArrayList<>();
      for (Range part : parts(device, other.get(device))) {
        slices.addAll(geometry.tile(stage.block(), axis, part).outputs());
      }
      outputs.add(slices);
    }
    return new Stage(stage.block(), outputs);
  }

  /** Returns a range in parts: in as many as the device has tiles, and in their order. */
  private List<Range> parts(int device, Range range) {
    List<List<Slice>> tiles = stage.tiles(new DeviceId(device));
    if (tiles.size() < 2) {
      return List.of(range);
    }
    Range before = ranges.get(device);
    return tiles.stream()
        .map(tile -> tile.get(0).region().along(axis))
        .map(
            tile ->
                new Range(scaled(tile.start(), before, range), scaled(tile.end(), before, range)))
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static int scaled(int place, Range from, Range to) {
    return to.start() + Math.round((float) (place - from.start()) * to.size() / from.size());
  }
}
