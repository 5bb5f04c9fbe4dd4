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
 * repeats. The weights of some layers are in memory at a time.
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
    Progress progress = new Progress(probes.size(), spec, monitor);
    for (ProbeGroup group : ProbeGroup.of(probes)) {
      try (LoadedModel loaded = engine.load(group.graph(), group.layers(), weights)) {
        for (int i = 0; i < spec.warmup(); i++) {
          for (ProbeGroup.Turn turn : group.turns()) {
            requireNotCancelled(monitor);
            // as fast as the computer can: a warm-up tells nothing about the emulated device
            TileProbe probe = turn.probe();
            loaded.compute(probe.tile(), inputs(probe, input), Pacer.NONE).close();
          }
        }
        group.takeTurns(
            spec,
            turn -> {
              requireNotCancelled(monitor);
              turn.add(time(loaded, turn.probe().tile(), inputs(turn.probe(), input)));
              progress.timed();
            });
      }
      for (ProbeGroup.Turn turn : group.turns()) {
        medians[turn.index()] = turn.median();
      }
      progress.done(group.turns().size());
    }
    int tiles = spec.tiles().size();
    return new ComputeTimes(
        Arrays.copyOf(medians, tiles), Arrays.copyOfRange(medians, tiles, medians.length));
  }

  /** Tells in probes how far the profile is, though all probes of a group end together. */
  private static final class Progress {
    private final int total;
    private final ProfileSpec spec;
    private final ProfileMonitor monitor;
    private int done;
    private int told;
    private long timed;

    Progress(int total, ProfileSpec spec, ProfileMonitor monitor) {
      this.total = total;
      this.spec = spec;
      this.monitor = monitor;
    }

    /** A probe was timed once more. */
    void timed() {
      timed++;
      tell((int) Math.min(total - 1, done + timed / spec.repeats()));
    }

    /** All times of some probes are known. */
    void done(int probes) {
      done += probes;
      timed = 0;
      tell(done);
    }

    private void tell(int reached) {
      if (reached > told) {
        told = reached;
        monitor.progress(reached, total);
      }
    }
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
