package org.edgeld.agent.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.edgeld.agent.engine.TileMemory;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/**
 * What a program means for this device's memory, worked out once per deployment: which tile each
 * compute step is, which slices may arrive, and which tensors need a window, that is one buffer in
 * which received and computed rows meet. A tensor whose rows are used only as they were computed
 * needs none.
 */
final class TensorPlan {
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final DeviceProgram program;
  private final Map<Integer, BlockTile> tiles = new HashMap<>();
  private final Map<Arrival, Integer> arrivals = new HashMap<>();
  private final Map<TensorId, Range> windows = new HashMap<>();
  private final Map<TensorId, List<Range>> received = new HashMap<>();

  /**
   * A slice from a device; each occurs once in a program.
   *
   * @param from who sends it
   * @param slice what arrives
   */
  record Arrival(DeviceId from, Slice slice) {}

  /**
   * @throws IllegalArgumentException if the program refers to what its graph does not have
   */
  TensorPlan(ProgramSet programs, DeviceId device) {
    this.graph = programs.graph();
    this.shapes = graph.shapes();
    this.program = programs.of(device);
    Map<TensorId, List<Range>> computed = new HashMap<>();
    boolean head = programs.head().equals(device);
    if (head && !program.steps().isEmpty()) {
      Range whole = Range.upTo(graph.input().height());
      windows.put(TensorId.INPUT, whole);
      received.put(TensorId.INPUT, new ArrayList<>(List.of(whole)));
    }
    for (int i = 0; i < program.steps().size(); i++) {
      Step step = program.steps().get(i);
      if (step instanceof Step.Receive receive) {
        Slice slice = checked(receive.slice());
        if (arrivals.put(new Arrival(receive.from(), slice), i) != null) {
          throw new IllegalArgumentException(
              "The program receives " + slice + " from " + receive.from() + " twice.");
        }
        received.computeIfAbsent(slice.tensor(), t -> new ArrayList<>()).add(slice.rows());
        windows.merge(slice.tensor(), slice.rows(), Range::hull);
      } else if (step instanceof Step.Compute compute) {
        Slice output = checked(compute.output());
        BlockTile tile = BlockTile.of(graph, shapes, compute.block(), output.rows());
        tiles.put(i, tile);
        computed.computeIfAbsent(output.tensor(), t -> new ArrayList<>()).add(output.rows());
      }
    }
    for (int i = 0; i < program.steps().size(); i++) {
      Step step = program.steps().get(i);
      if (step instanceof Step.Send send) {
        Slice slice = checked(send.slice());
        need(slice.tensor(), slice.rows(), computed);
      } else if (step instanceof Step.Compute compute) {
        need(compute.block().input(), tiles.get(i).inputRows(), computed);
      }
    }
    if (head) {
      for (TensorId output : graph.outputs()) {
        need(output, Range.upTo(shape(output).height()), computed);
      }
    }
  }

  private void need(TensorId tensor, Range rows, Map<TensorId, List<Range>> computed) {
    if (computed.getOrDefault(tensor, List.of()).stream().noneMatch(r -> r.contains(rows))) {
      windows.merge(tensor, rows, Range::hull);
    }
  }

  private Slice checked(Slice slice) {
    if (slice.tensor().index() >= shapes.size()
        || !slice.fits(shape(slice.tensor()))
        || !slice.isFullRows(shape(slice.tensor()))
        || slice.rows().isEmpty()) {
      throw new IllegalArgumentException(
          "The program refers to " + slice + ", which is no full rows of a tensor of its model.");
    }
    return slice;
  }

  DeviceProgram program() {
    return program;
  }

  ModelGraph graph() {
    return graph;
  }

  TensorShape shape(TensorId tensor) {
    return shapes.get(tensor.index());
  }

  int rowBytes(TensorId tensor) {
    return shape(tensor).rowElements() * TensorShape.ELEMENT_BYTES;
  }

  /** Returns the tile of a compute step. */
  BlockTile tile(int step) {
    return tiles.get(step);
  }

  /** Returns all tiles. */
  Iterable<BlockTile> tiles() {
    return tiles.values();
  }

  /** Returns the step that waits for an arrival; empty if the program expects no such slice. */
  Optional<Integer> receiveStep(DeviceId from, Slice slice) {
    return Optional.ofNullable(arrivals.get(new Arrival(from, slice)));
  }

  /** Returns the rows of a tensor that need one buffer here; empty if none do. */
  Range window(TensorId tensor) {
    return windows.getOrDefault(tensor, Range.EMPTY);
  }

  /** Returns which of the computed {@code rows} must be copied into the tensor's window. */
  List<Range> copies(TensorId tensor, Range rows) {
    List<Range> pieces = new ArrayList<>(List.of(rows.intersect(window(tensor))));
    for (Range arrived : received.getOrDefault(tensor, List.of())) {
      pieces = pieces.stream().flatMap(piece -> piece.minus(arrived).stream()).toList();
    }
    return pieces.stream().filter(piece -> !piece.isEmpty()).toList();
  }

  /** Returns the layers this device computes. */
  Set<Integer> layers() {
    Set<Integer> layers = new TreeSet<>();
    for (BlockTile tile : tiles.values()) {
      for (int i = tile.block().layerStart(); i < tile.block().layerEnd(); i++) {
        layers.add(i);
      }
    }
    return layers;
  }

  /** Returns the devices this one exchanges slices with. */
  Set<DeviceId> peers() {
    Set<DeviceId> peers = new TreeSet<>();
    for (Step step : program.steps()) {
      if (step instanceof Step.Receive receive) {
        peers.add(receive.from());
      } else if (step instanceof Step.Send send) {
        peers.add(send.to());
      }
    }
    return peers;
  }

  /**
   * Returns an upper estimate of the memory a frame takes: all windows, and what the widest tile
   * takes while it is computed.
   */
  long frameBytes() {
    long bytes = 0;
    for (Map.Entry<TensorId, Range> window : windows.entrySet()) {
      bytes += (long) window.getValue().size() * rowBytes(window.getKey());
    }
    long widest = 0;
    for (BlockTile tile : tiles.values()) {
      widest = Math.max(widest, TileMemory.peakBytes(graph, shapes, tile));
    }
    return bytes + widest;
  }
}
