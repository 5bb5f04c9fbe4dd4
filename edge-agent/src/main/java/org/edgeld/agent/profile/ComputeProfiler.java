package org.edgeld.agent.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
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
 * repeats. One layer's weights are in memory at a time.
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
    for (int i = 0; i < medians.length; i++) {
      medians[i] = median(probes.get(i), spec, input, monitor);
      monitor.progress(i + 1, medians.length);
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

  private long median(TileProbe probe, ProfileSpec spec, ByteBuffer input, ProfileMonitor monitor)
      throws IOException {
    List<ByteBuffer> inputs = inputs(probe, input);
    long[] nanos = new long[spec.repeats()];
    try (LoadedModel loaded = engine.load(probe.graph(), probe.layers(), weights)) {
      for (int i = -spec.warmup(); i < nanos.length; i++) {
        if (monitor.isCancelled()) {
          throw new CancellationException("The profile was cancelled.");
        }
        long time = time(loaded, probe.tile(), inputs);
        if (i >= 0) {
          nanos[i] = time;
        }
      }
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
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
