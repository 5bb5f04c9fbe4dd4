package org.edgeld.agent.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Slice;
import org.edgeld.message.ProfileSpec;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;

/**
 * Times tiles and EdgeLD's grid of convolutions (Xue et al., HPCC 2020) on the calling thread,
 * through the same path as a run and as emulated as a run. Each figure is the median of the
 * repeats. One block's weights are in memory at a time.
 */
public final class ComputeProfiler {
  private final TileEngine engine;
  private final Supplier<CpuShare> shares;
  private final WeightProvider weights = new SeededWeights();

  /**
   * Makes a profiler.
   *
   * @param engine the device's arithmetic
   * @param shares gives the emulation of the device, anew for each tile
   */
  public ComputeProfiler(TileEngine engine, Supplier<CpuShare> shares) {
    this.engine = engine;
    this.shares = shares;
  }

  /**
   * Measures.
   *
   * @throws IllegalArgumentException if the specification does not fit the model
   * @throws CancellationException if the monitor cancelled
   * @throws IOException if weights cannot be prepared
   */
  public ComputeTimes profile(ModelGraph model, ProfileSpec spec, ProfileMonitor monitor)
      throws IOException {
    ModelGraph computable = TileProbe.computable(model);
    List<TensorShape> shapes = computable.shapes();
    List<TileProbe> probes =
        Stream.concat(
                spec.tiles().stream().map(tile -> TileProbe.of(computable, shapes, tile)),
                spec.grid().stream().map(TileProbe::of))
            .toList();
    ByteBuffer input = input(probes);
    long[] medians = new long[probes.size()];
    int start = 0;
    while (start < medians.length) {
      int end = start + 1;
      while (end < medians.length && probes.get(end).sharesWeights(probes.get(start))) {
        end++;
      }
      TileProbe first = probes.get(start);
      try (LoadedModel loaded = engine.load(first.graph(), first.layers(), weights)) {
        for (int i = start; i < end; i++) {
          medians[i] = median(loaded, probes.get(i), spec, input, monitor);
          monitor.progress(i + 1, medians.length);
        }
      }
      start = end;
    }
    int tiles = spec.tiles().size();
    return new ComputeTimes(
        Arrays.copyOf(medians, tiles), Arrays.copyOfRange(medians, tiles, medians.length));
  }

  /** One buffer serves all: direct memory is slow to get and slow to give back. */
  private static ByteBuffer input(List<TileProbe> probes) {
    int largest = probes.stream().mapToInt(TileProbe::inputBytes).max().orElse(0);
    ByteBuffer input = ByteBuffer.allocateDirect(largest).order(ByteOrder.nativeOrder());
    // neither zero nor denormal: processors are slower with the latter
    for (int i = 0; i < largest / Float.BYTES; i++) {
      input.putFloat(i * Float.BYTES, (i % 1021 + 1) / 1024f);
    }
    return input;
  }

  private long median(
      LoadedModel loaded,
      TileProbe probe,
      ProfileSpec spec,
      ByteBuffer input,
      ProfileMonitor monitor) {
    List<ByteBuffer> inputs = inputs(probe, input);
    for (int i = 0; i < spec.warmup(); i++) {
      requireNotCancelled(monitor);
      // as fast as the computer can: a warm-up tells nothing about the emulated device
      loaded.compute(probe.tile(), inputs, Pacer.NONE).close();
    }
    List<Long> nanos = new ArrayList<>();
    long spent = 0;
    while (nanos.isEmpty() || (nanos.size() < spec.repeats() && spent < spec.enoughNanos())) {
      requireNotCancelled(monitor);
      long time = time(loaded, probe.tile(), inputs);
      nanos.add(time);
      spent += time;
    }
    return median(nanos);
  }

  private static long median(List<Long> nanos) {
    Collections.sort(nanos);
    int size = nanos.size();
    return (nanos.get((size - 1) / 2) + nanos.get(size / 2)) / 2;
  }

  private static void requireNotCancelled(ProfileMonitor monitor) {
    if (monitor.isCancelled()) {
      throw new CancellationException("The profile was cancelled.");
    }
  }

  private static List<ByteBuffer> inputs(TileProbe probe, ByteBuffer memory) {
    List<ByteBuffer> inputs = new ArrayList<>();
    int start = 0;
    for (Slice slice : probe.tile().inputs()) {
      int bytes = (int) slice.bytes();
      inputs.add(memory.slice(start, bytes).order(ByteOrder.nativeOrder()));
      start += bytes;
    }
    return inputs;
  }

  private long time(LoadedModel loaded, BlockTile tile, List<ByteBuffer> inputs) {
    CpuShare share = shares.get();
    long start = System.nanoTime();
    share.begin();
    try (TileResult result = loaded.compute(tile, inputs, share::operatorDone)) {
      share.end();
      return System.nanoTime() - start;
    }
  }
}
