package org.edgeld.workbench.planner;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.NeededWeights;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/**
 * Estimates what a program needs of a device's memory: the weights of the channels it computes,
 * those of convolutions of whole layers and twice, plus the largest set of tensor regions that live
 * at one time, those inside a block included. Buffers of engine and sockets come on top.
 */
final class MemoryEstimate {
  private final ModelGraph graph;
  private final List<TensorShape> shapes;

  MemoryEstimate(ModelGraph graph) {
    this.graph = graph;
    this.shapes = graph.shapes();
  }

  /**
   * Returns bytes that no device needs more than: all weights, and every tensor held and made, with
   * a partial sum of it from each device.
   */
  long mostBytes(int devices) {
    long weights = graph.layers().stream().mapToLong(Layer::loadedBytes).sum();
    return weights + (2L + devices) * shapes.stream().mapToLong(TensorShape::bytes).sum();
  }

  /** Returns the bytes that a device needs. */
  long bytes(ProgramSet programs, DeviceId device) {
    Walk walk = walk(programs, device);
    return walk.weights.loadedBytes() + walk.peakBytes;
  }

  /**
   * Returns the bytes that each further frame in flight takes: all tensors that slices come for,
   * because their buffers are kept for the next frame, and the largest set of the others that is
   * held between two steps.
   */
  long frameBytes(ProgramSet programs, DeviceId device) {
    Walk walk = walk(programs, device);
    walk.arriving.forEach(walk::forget);
    return walk.bufferBytes + walk.mostResultBytes;
  }

  private Walk walk(ProgramSet programs, DeviceId device) {
    Walk walk = new Walk();
    walk.arriving.add(TensorId.INPUT);
    for (Step step : programs.of(device).steps()) {
      if (step instanceof Step.Receive receive) {
        walk.arriving.add(receive.slice().tensor());
      }
    }
    if (device.equals(programs.head())) {
      walk.hold(Slice.whole(TensorId.INPUT, graph.input()));
    }
    programs.of(device).steps().forEach(step -> step.accept(walk));
    return walk;
  }

  /** Returns the most that tensors inside a tile take at one time, its inputs left out. */
  private long peakInside(BlockTile tile) {
    Block block = tile.block();
    int[] lastUse = new int[block.size()];
    for (int i = 0; i < block.size(); i++) {
      for (TensorId in : graph.layers().get(block.layerStart() + i).inputs()) {
        if (in.index() > block.layerStart()) {
          lastUse[in.producer() - block.layerStart()] = i;
        }
      }
    }
    for (Slice output : tile.outputs()) {
      lastUse[output.tensor().producer() - block.layerStart()] = block.size();
    }
    long peak = 0;
    for (int i = 0; i < block.size(); i++) {
      long live = 0;
      for (int j = 0; j <= i; j++) {
        if (lastUse[j] >= i || j == i) {
          live += tile.layers().get(j).bytes();
        }
      }
      peak = Math.max(peak, live);
    }
    return peak;
  }

  private final class Walk implements Step.Handler<Void> {
    private final HeldRegions held = new HeldRegions();
    private final NeededWeights weights = new NeededWeights(graph);
    private final HeldRegions results = new HeldRegions();
    private final Set<TensorId> arriving = new TreeSet<>();
    private long peakBytes;
    private long bufferBytes;
    private long mostResultBytes;

    private void hold(Slice slice) {
      held.add(slice);
      peakBytes = Math.max(peakBytes, held.bytes());
      if (!arriving.contains(slice.tensor())) {
        results.add(slice);
        mostResultBytes = Math.max(mostResultBytes, results.bytes());
      }
    }

    private void forget(TensorId tensor) {
      if (arriving.contains(tensor)) {
        held.of(tensor).forEach(region -> bufferBytes += region.bytes());
      }
      held.remove(tensor);
      results.remove(tensor);
    }

    @Override
    public Void receive(Step.Receive step) {
      hold(step.slice());
      return null;
    }

    @Override
    public Void compute(Step.Compute step) {
      BlockTile tile = step.tile(graph, shapes);
      peakBytes = Math.max(peakBytes, held.bytes() + peakInside(tile));
      weights.add(tile);
      step.outputs().forEach(this::hold);
      return null;
    }

    @Override
    public Void send(Step.Send step) {
      return null;
    }

    @Override
    public Void release(Step.Release step) {
      forget(step.tensor());
      return null;
    }
  }
}
