package org.edgeld.workbench.split.joint;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.NeededWeights;
import org.edgeld.geometry.Slice;
import org.edgeld.workbench.split.PlanContext;

/**
 * What pieces take of the devices' memory, by which ways and drafts that cannot fit are given up
 * early: the weights of all of a device's pieces, which it keeps, and the largest inputs with
 * outputs of one of them. That is at most what a plan needs, so whatever fits is tried; the
 * simulated plan is checked in full.
 */
final class MemoryLimits {
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final PlanContext context;
  private final long[] available;
  private final boolean limited;
  private final long undivided;
  private final Map<Piece, Load> pieces = new HashMap<>();

  /**
   * What some pieces need.
   *
   * @param weights bytes of the weights, per device
   * @param tensors bytes of the inputs and outputs of the largest piece, per device
   */
  record Load(long[] weights, long[] tensors) {
    private Load and(Load other) {
      int devices = weights.length;
      return new Load(
          IntStream.range(0, devices).mapToLong(i -> weights[i] + other.weights[i]).toArray(),
          IntStream.range(0, devices)
              .mapToLong(i -> Math.max(tensors[i], other.tensors[i]))
              .toArray());
    }
  }

  MemoryLimits(PlanContext context) {
    this.context = context;
    this.available =
        context.request().profile().devices().stream()
            .mapToLong(device -> device.memoryBytes() > 0 ? device.memoryBytes() : UNLIMITED)
            .toArray();
    // most clusters have memory for everything, and then nothing needs to be counted
    long weights = context.graph().layers().stream().mapToLong(layer -> layer.loadedBytes()).sum();
    long tensors = 2 * context.graph().shapes().stream().mapToLong(shape -> shape.bytes()).sum();
    this.undivided =
        context.graph().layers().stream()
                .filter(layer -> !NeededWeights.isByOutput(layer.operator()))
                .mapToLong(layer -> layer.loadedBytes())
                .sum()
            + 2 * context.graph().shapes().stream().mapToLong(s -> s.bytes()).max().orElse(0);
    this.limited = Arrays.stream(available).anyMatch(bytes -> bytes < weights + tensors);
  }

  /** Tells whether some device may have too little memory for something. */
  boolean limited() {
    return limited;
  }

  /**
   * Returns what a device has left beside weights that channels do not divide and the two largest
   * tensors, at least 1 byte; a device without a limit has as much as can be.
   */
  long freeBytes(int device) {
    return available[device] == UNLIMITED ? UNLIMITED : Math.max(1, available[device] - undivided);
  }

  /** Returns what no piece needs. */
  Load none() {
    return new Load(new long[available.length], new long[available.length]);
  }

  /** Returns what some pieces need with one more. */
  Load with(Load load, Piece piece) {
    return limited ? load.and(pieces.computeIfAbsent(piece, this::of)) : load;
  }

  /** Tells whether all devices have as much memory as that. */
  boolean fits(Load load) {
    return !limited
        || IntStream.range(0, available.length)
            .allMatch(i -> load.weights[i] + load.tensors[i] <= available[i]);
  }

  /** Tells whether all devices have the memory for some pieces. */
  boolean fits(List<Piece> some) {
    if (!limited) {
      return true;
    }
    Load load = none();
    for (Piece piece : some) {
      load = with(load, piece);
    }
    return fits(load);
  }

  private Load of(Piece piece) {
    Load load = none();
    int extent = context.geometry().extent(piece.block(), piece.ownership().axis());
    for (int device = 0; device < available.length; device++) {
      BlockTile tile =
          context
              .geometry()
              .tile(
                  piece.block(), piece.ownership().axis(), piece.ownership().range(device, extent));
      NeededWeights weights = new NeededWeights(context.graph());
      weights.add(tile);
      load.weights[device] = weights.loadedBytes();
      load.tensors[device] = bytes(tile.inputs()) + bytes(tile.outputs());
    }
    return load;
  }

  private static long bytes(List<Slice> slices) {
    return slices.stream().mapToLong(Slice::bytes).sum();
  }
}
