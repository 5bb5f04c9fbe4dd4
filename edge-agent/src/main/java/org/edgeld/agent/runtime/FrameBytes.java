package org.edgeld.agent.runtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeld.agent.engine.TileMemory;
import org.edgeld.agent.runtime.MemoryMap.Computed;
import org.edgeld.agent.runtime.MemoryMap.Place;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Region;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.Precision;
import org.edgeld.program.Step;

/**
 * Estimates from above what frames of a program take in memory besides the weights: all buffers of
 * the pool, which keeps them, and the most that the engine's memory holds at one time, computed
 * results of all frames in flight and the one tile under way. What is sent counts until its
 * release: that it has left by then is likely, as the steps in between mostly wait for peers that
 * wait for it.
 */
final class FrameBytes implements Step.Handler<Void> {
  private final TensorPlan plan;
  private final Precision precision;
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final Map<Long, Integer> packedInputs = new HashMap<>();
  private final Map<Integer, Result> results = new HashMap<>();
  private int step;
  private long packedSliceBytes;
  private long resultBytes;
  private long mostResultBytes;
  private long engineBytes;

  /**
   * What a tile yielded; freed when nothing of it is used any more.
   *
   * @param used places still used
   * @param bytes all of it, used or not
   */
  private record Result(Set<Integer> used, long bytes) {}

  private FrameBytes(TensorPlan plan, Precision precision) {
    this.plan = plan;
    this.precision = precision;
    this.graph = plan.graph();
    this.shapes = graph.shapes();
  }

  static FrameBytes of(TensorPlan plan, Precision precision) {
    FrameBytes bytes = new FrameBytes(plan, precision);
    for (Step next : plan.program().steps()) {
      next.accept(bytes);
      bytes.step++;
    }
    return bytes;
  }

  /** Returns all of it, for some frames in flight of which one computes at a time. */
  long total(int framesInFlight) {
    return framesInFlight * pooled() + engineBytes + (framesInFlight - 1) * mostResultBytes;
  }

  /** Returns what one frame has in buffers of the pool. */
  long pooled() {
    long bytes = packedSliceBytes;
    for (Place place : plan.places()) {
      bytes += place.window() ? place.bytes() : 0;
    }
    for (Map.Entry<Long, Integer> packed : packedInputs.entrySet()) {
      bytes += packed.getKey() * packed.getValue();
    }
    return bytes;
  }

  @Override
  public Void receive(Step.Receive receive) {
    countPacked(plan.received(step));
    return null;
  }

  @Override
  public Void send(Step.Send send) {
    countPacked(plan.sent(step));
    return null;
  }

  /** Slices under way have their buffers side by side. */
  private void countPacked(Part part) {
    packedSliceBytes += part.inOnePiece() ? 0 : part.region().bytes();
    boolean serialised = precision != Precision.FLOAT32;
    packedSliceBytes += serialised ? precision.mostBytes(part.region().elements()) : 0;
    // compressing works on a copy of the longest slice, on some thread for each peer
    packedSliceBytes += precision == Precision.LOSSLESS ? part.region().bytes() : 0;
  }

  @Override
  public Void compute(Step.Compute compute) {
    BlockTile tile = plan.tile(step);
    engineBytes = Math.max(engineBytes, resultBytes + TileMemory.peakBytes(graph, shapes, tile));
    // the next step takes the same buffers again
    Map<Long, Integer> own = new HashMap<>();
    for (Part input : plan.inputs(step)) {
      if (!input.inOnePiece()) {
        own.merge(input.bytes(), 1, Integer::sum);
      }
    }
    own.forEach((bytes, count) -> packedInputs.merge(bytes, count, Math::max));
    Set<Integer> used = new HashSet<>();
    long bytes = 0;
    for (Computed computed : plan.computed(step)) {
      bytes += region(computed.place()).bytes();
      if (computed.kept()) {
        used.add(computed.place());
      }
    }
    if (!used.isEmpty()) {
      Result result = new Result(used, bytes);
      List.copyOf(used).forEach(place -> results.put(place, result));
      resultBytes += bytes;
      mostResultBytes = Math.max(mostResultBytes, resultBytes);
    }
    return null;
  }

  @Override
  public Void release(Step.Release release) {
    for (int place : plan.released(step)) {
      Result result = results.remove(place);
      if (result != null) {
        result.used().remove(place);
        resultBytes -= result.used().isEmpty() ? result.bytes() : 0;
      }
    }
    return null;
  }

  private Region region(int place) {
    return plan.places().get(place).region();
  }
}
