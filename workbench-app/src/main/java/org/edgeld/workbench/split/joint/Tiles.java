package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.Layer;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.link.InterfaceRates;
import org.edgeld.workbench.link.SharedExchange;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.split.PlanContext;

/** The tiles of pieces with their predicted times, each worked out once. */
final class Tiles {
  private final PlanContext context;
  private final Map<Key, Tile> tiles = new HashMap<>();
  private final Map<Piece, Work> pieces = new HashMap<>();
  private final int[] lastReader;
  private final boolean[] yielded;
  private final DeviceId[] ids;
  private final double[][] delays;

  /** Per tensor and device, its boxes if that device has all of it; null until asked for. */
  private final int[][][] wholes;

  private final SharedExchange exchange;

  private record Key(Block block, Axis axis, Range range) {}

  /** A tile and how long it takes each device, as far as anybody asked. */
  private record Tile(BlockTile tile, double[] nanos) {}

  Tiles(PlanContext context) {
    this.context = context;
    List<Layer> layers = context.graph().layers();
    this.lastReader = new int[layers.size() + 1];
    Arrays.fill(lastReader, -1);
    for (int layer = 0; layer < layers.size(); layer++) {
      for (TensorId input : layers.get(layer).inputs()) {
        lastReader[input.index()] = layer;
      }
    }
    this.yielded = new boolean[layers.size() + 1];
    for (TensorId output : context.graph().outputs()) {
      yielded[output.index()] = true;
    }
    int devices = context.devices();
    this.ids = IntStream.range(0, devices).mapToObj(DeviceId::new).toArray(DeviceId[]::new);
    this.wholes = new int[layers.size() + 1][devices][];
    this.exchange = new SharedExchange(context.cost().interfaces());
    this.delays = new double[devices][devices];
    for (DeviceId from : ids) {
      for (DeviceId to : ids) {
        delays[from.index()][to.index()] = context.cost().delayNanos(from, to);
      }
    }
  }

  /** Returns how long bytes take from one device to another when they are alone. */
  double transmissionNanos(int from, int to, long bytes) {
    return context.times().links().nanos(from, to, bytes);
  }

  /** Returns which part of an interface a slice takes. */
  InterfaceRates interfaces() {
    return context.cost().interfaces();
  }

  /** Returns how long the first byte is under way between two devices. */
  double delayNanos(int from, int to) {
    return delays[from][to];
  }

  /** Returns where slices meet that are sent at about one time; empty between uses. */
  SharedExchange exchange() {
    return exchange;
  }

  /** Tells whether some layer from {@code layer} on reads a tensor. */
  boolean readFrom(int layer, int tensor) {
    return lastReader[tensor] >= layer;
  }

  /** Tells whether a tensor is an output of the model. */
  boolean yielded(int tensor) {
    return yielded[tensor];
  }

  /** Returns the boxes of a tensor that one device has all of; not to be changed. */
  int[] whole(int tensor, int device) {
    if (wholes[tensor][device] == null) {
      Tensors.Boxes boxes = new Tensors.Boxes(wholes[tensor].length);
      boxes.set(device, Region.whole(context.geometry().shapes().get(tensor)));
      wholes[tensor][device] = boxes.numbers();
    }
    return wholes[tensor][device];
  }

  /** Returns what a piece asks of the devices. */
  Work of(Piece piece) {
    return pieces.computeIfAbsent(piece, this::make);
  }

  private Work make(Piece piece) {
    int devices = piece.ownership().devices();
    double[] nanos = new double[devices];
    boolean[] active = new boolean[devices];
    int sole = -1;
    int computing = 0;
    List<Tile> made = tiles(piece);
    for (int device = 0; device < devices; device++) {
      active[device] = !made.get(device).tile().isEmpty();
      if (active[device]) {
        nanos[device] = nanos(made.get(device), device);
        sole = device;
        computing++;
      }
    }
    return new Work(
        piece.block().layerEnd(),
        nanos,
        active,
        computing == 1 ? sole : -1,
        tensors(context.geometry().inputs(piece.block()), made, BlockTile::inputs),
        tensors(context.geometry().outputs(piece.block()), made, BlockTile::outputs));
  }

  /** Returns what tiles have of tensors; without those of which none has anything. */
  private static Tensors tensors(
      List<TensorId> ids, List<Tile> tiles, Function<BlockTile, List<Slice>> slices) {
    int[] tensors = new int[ids.size()];
    int[][] boxes = new int[ids.size()][];
    int size = 0;
    for (TensorId id : ids) {
      Tensors.Boxes of = new Tensors.Boxes(tiles.size());
      for (int device = 0; device < tiles.size(); device++) {
        of.set(device, Slice.find(slices.apply(tiles.get(device).tile()), id).region());
      }
      if (of.any()) {
        tensors[size] = id.index();
        boxes[size++] = of.numbers();
      }
    }
    return new Tensors(Arrays.copyOf(tensors, size), Arrays.copyOf(boxes, size));
  }

  /** Returns one tile per device, without outputs where the device idles. */
  private List<Tile> tiles(Piece piece) {
    Ownership ownership = piece.ownership();
    int extent = context.geometry().extent(piece.block(), ownership.axis());
    List<Tile> made = new ArrayList<>();
    for (int device = 0; device < ownership.devices(); device++) {
      made.add(tile(piece.block(), ownership.axis(), ownership.range(device, extent)));
    }
    return made;
  }

  private Tile tile(Block block, Axis axis, Range range) {
    return tiles.computeIfAbsent(
        // nothing is the same wherever it lies
        new Key(block, axis, range.isEmpty() ? Range.EMPTY : range),
        key -> {
          double[] nanos = new double[context.devices()];
          Arrays.fill(nanos, Double.NaN);
          return new Tile(context.geometry().tile(key.block(), key.axis(), key.range()), nanos);
        });
  }

  private double nanos(Tile tile, int device) {
    if (Double.isNaN(tile.nanos()[device])) {
      tile.nanos()[device] = context.cost().computeNanos(ids[device], tile.tile());
    }
    return tile.nanos()[device];
  }

  /** Returns how long a device takes for a part of a block's outputs. */
  double nanos(Block block, Axis axis, Range range, int device) {
    return nanos(tile(block, axis, range), device);
  }

  /** Returns the stage that a piece stands for. */
  Stage stage(Piece piece) {
    return new Stage(
        piece.block(), tiles(piece).stream().map(tile -> tile.tile().outputs()).toList());
  }
}
