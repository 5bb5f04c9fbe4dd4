package org.edgeld.agent.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.agent.runtime.MemoryMap.Operand;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/**
 * Reads a device's program from the first step to the last, as a program that came off the wire: it
 * must refer to what its model and deployment have, and use only what has come before. Nothing is
 * allocated for it until then.
 */
final class ProgramReading implements Step.Handler<Void> {
  private final ProgramSet programs;
  private final DeviceId device;
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final Map<Integer, BlockTile> tiles = new TreeMap<>();
  private final Map<Arrival, Integer> arrivals = new HashMap<>();
  private final Map<TensorId, Holding> held = new HashMap<>();
  private final List<Ended> holdings = new ArrayList<>();
  private final Set<DeviceId> peers = new TreeSet<>();
  private int step;

  /**
   * A slice from a device; each occurs once in a program.
   *
   * @param from who sends it
   * @param slice what arrives
   */
  record Arrival(DeviceId from, Slice slice) {}

  /**
   * A holding and when it is given up.
   *
   * @param holding what is held
   * @param step the release, or one past the last step if there is none
   */
  record Ended(Holding holding, int step) {}

  /**
   * Reads a program.
   *
   * @throws IllegalArgumentException if it cannot be run
   */
  ProgramReading(ProgramSet programs, DeviceId device) {
    this.programs = programs;
    this.device = device;
    this.graph = programs.graph();
    this.shapes = graph.shapes();
    boolean head = programs.head().equals(device);
    if (head) {
      holding(TensorId.INPUT).receive(new Operand(Operand.BEFORE, 0), Region.whole(graph.input()));
    }
    for (Step next : programs.of(device).steps()) {
      next.accept(this);
      step++;
    }
    if (head) {
      for (int i = 0; i < graph.outputs().size(); i++) {
        TensorId output = graph.outputs().get(i);
        use(i, Slice.whole(output, shapes.get(output.index())), RowMargin.NONE);
      }
    }
    boolean idle = programs.of(device).steps().isEmpty();
    if (!head && !idle && arrivals.isEmpty()) {
      throw new IllegalArgumentException(
          "The program of device %s receives nothing, so no frame would ever start on it. Maybe the head can do its work."
              .formatted(device));
    }
    held.values().forEach(holding -> holdings.add(new Ended(holding, step)));
  }

  private Holding holding(TensorId tensor) {
    return held.computeIfAbsent(tensor, Holding::new);
  }

  private void use(int index, Slice slice, RowMargin margin) {
    holding(slice.tensor()).use(new Operand(step, index), slice.region(), margin);
  }

  private Slice checked(Slice slice) {
    if (slice.tensor().index() >= shapes.size()
        || slice.isEmpty()
        || !slice.fits(shapes.get(slice.tensor().index()))
        || !ChannelSums.has(graph, slice.tensor())) {
      throw new IllegalArgumentException(
          "The program refers to " + slice + ", which is no part of a tensor of its model.");
    }
    return slice;
  }

  private void meet(DeviceId peer) {
    if (peer.equals(device) || peer.index() >= programs.programs().size()) {
      throw new IllegalArgumentException(
          "The program of device %s exchanges slices with device %s, which is no peer of it."
              .formatted(device, peer));
    }
    peers.add(peer);
  }

  @Override
  public Void receive(Step.Receive receive) {
    meet(receive.from());
    Slice slice = checked(receive.slice());
    if (arrivals.put(new Arrival(receive.from(), slice), step) != null) {
      throw new IllegalArgumentException(
          "The program receives " + slice + " from " + receive.from() + " twice.");
    }
    holding(slice.tensor()).receive(new Operand(step, 0), slice.region());
    return null;
  }

  @Override
  public Void compute(Step.Compute compute) {
    Block block = compute.block();
    if (block.layerEnd() > graph.layers().size()) {
      throw new IllegalArgumentException(
          "The program computes layers [%d, %d), but its model has %d."
              .formatted(block.layerStart(), block.layerEnd(), graph.layers().size()));
    }
    compute.outputs().forEach(this::checked);
    BlockTile tile = compute.tile(graph, shapes);
    tiles.put(step, tile);
    for (int i = 0; i < tile.inputs().size(); i++) {
      use(i, tile.inputs().get(i), RowMargin.wanted(graph, shapes, tile, i));
    }
    for (int i = 0; i < tile.outputs().size(); i++) {
      Slice output = tile.outputs().get(i);
      holding(output.tensor()).compute(new Operand(step, i), output.region());
    }
    return null;
  }

  @Override
  public Void send(Step.Send send) {
    meet(send.to());
    use(0, checked(send.slice()), RowMargin.NONE);
    return null;
  }

  @Override
  public Void release(Step.Release release) {
    Holding holding = held.remove(release.tensor());
    if (holding != null) {
      holdings.add(new Ended(holding, step));
    }
    return null;
  }

  /** Returns the tiles of the compute steps, in their order. */
  Map<Integer, BlockTile> tiles() {
    return tiles;
  }

  /** Returns the steps that wait for arrivals. */
  Map<Arrival, Integer> arrivals() {
    return arrivals;
  }

  /** Returns the devices this one exchanges slices with. */
  Set<DeviceId> peers() {
    return peers;
  }

  /** Returns everything held, and when it is given up. */
  List<Ended> holdings() {
    return holdings;
  }
}
