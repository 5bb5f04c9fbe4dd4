package org.edgeld.agent.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
import org.edgeld.message.ProfileSpec;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;

/**
 * Times tiles and EdgeLD's grid of convolutions (Xue et al., HPCC 2020) on the calling thread,
 * through the same path as a run and as emulated as a run. Each figure is the median of the rounds.
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
    Rounds rounds = new Rounds(spec, input(probes), monitor, probes.size());
    int tiles = spec.tiles().size();
    List<Long> nanos = new ArrayList<>();
    if (tiles > 0) {
      nanos.addAll(rounds.medians(probes.subList(0, tiles)));
    }
    for (TileProbe point : probes.subList(tiles, probes.size())) {
      nanos.addAll(rounds.medians(List.of(point)));
    }
    long[] all = nanos.stream().mapToLong(Long::longValue).toArray();
    return new ComputeTimes(Arrays.copyOf(all, tiles), Arrays.copyOfRange(all, tiles, all.length));
  }

  /** One buffer serves all: direct memory is slow to get and slow to give back. */
  private static ByteBuffer input(List<TileProbe> probes) {
    int largest = probes.stream().mapToInt(TileProbe::allInputBytes).max().orElse(0);
    ByteBuffer input = ByteBuffer.allocateDirect(largest).order(ByteOrder.nativeOrder());
    // neither zero nor denormal: processors are slower with the latter
    for (int i = 0; i < largest / Float.BYTES; i++) {
      input.putFloat(i * Float.BYTES, (i % 1021 + 1) / 1024f);
    }
    return input;
  }

  /** Computes tiles of one graph, round after round. */
  private final class Rounds {
    private final ProfileSpec spec;
    private final ByteBuffer input;
    private final ProfileMonitor monitor;
    private final int total;
    private ByteBuffer beside = ByteBuffer.allocateDirect(0);
    private int done;

    Rounds(ProfileSpec spec, ByteBuffer input, ProfileMonitor monitor, int total) {
      this.spec = spec;
      this.input = input;
      this.monitor = monitor;
      this.total = total * (spec.warmup() + spec.repeats());
    }

    List<Long> medians(List<TileProbe> probes) throws IOException {
      Set<Integer> layers = new TreeSet<>();
      probes.forEach(probe -> layers.addAll(probe.layers()));
      int end = done + probes.size() * (spec.warmup() + spec.repeats());
      List<List<Long>> nanos = new ArrayList<>();
      probes.forEach(probe -> nanos.add(new ArrayList<>()));
      try (LoadedModel loaded = engine.load(probes.get(0).graph(), layers, weights)) {
        for (int i = 0; i < spec.warmup(); i++) {
          for (TileProbe probe : probes) {
            requireNotCancelled();
            // as fast as the computer can: a warm-up tells nothing about the emulated device
            loaded.compute(probe.tile(), inputs(probe), Pacer.NONE).close();
            progress();
          }
        }
        long start = System.nanoTime();
        for (int i = 0; i < spec.repeats(); i++) {
          if (i == 0 || System.nanoTime() - start < spec.enoughNanos()) {
            round(loaded, probes, nanos);
          }
        }
      }
      done = end;
      monitor.progress(done, total);
      return nanos.stream().map(ComputeProfiler::median).toList();
    }

    private void round(LoadedModel loaded, List<TileProbe> probes, List<List<Long>> nanos) {
      try (CpuShare share = shares.get()) {
        share.begin();
        for (int i = 0; i < probes.size(); i++) {
          requireNotCancelled();
          nanos.get(i).add(time(share, loaded, probes.get(i)));
          progress();
        }
        share.end();
      }
    }

    private long time(CpuShare share, LoadedModel loaded, TileProbe probe) {
      BlockTile tile = probe.tile();
      List<ByteBuffer> inputs = inputs(probe);
      if (spec.timing() == ProfileSpec.Timing.WORK) {
        long before = share.workNanos();
        loaded.compute(tile, inputs, share::operatorDone).close();
        return share.workNanos() - before;
      }
      long before = System.nanoTime();
      share.begin();
      try (TileResult result = loaded.compute(tile, inputs, share::operatorDone)) {
        putBeside(result, tile);
      }
      share.end();
      // what another agent of this computer kept it waiting is not the device's time
      return System.nanoTime() - before - share.overcommittedNanos();
    }

    /** Copies the outputs, as a step does of which parts of them come from other devices. */
    private void putBeside(TileResult result, BlockTile tile) {
      for (int output = 0; output < tile.outputs().size(); output++) {
        ByteBuffer bytes = result.bytes(output);
        if (beside.capacity() < bytes.remaining()) {
          beside = ByteBuffer.allocateDirect(bytes.remaining());
        }
        beside.clear().put(bytes);
      }
    }

    private void progress() {
      monitor.progress(++done, total);
    }

    private void requireNotCancelled() {
      if (monitor.isCancelled()) {
        throw new CancellationException("The profile was cancelled.");
      }
    }

    private List<ByteBuffer> inputs(TileProbe probe) {
      List<ByteBuffer> inputs = new ArrayList<>();
      int start = 0;
      for (long size : probe.inputBytes()) {
        int bytes = (int) size;
        inputs.add(input.slice(start, bytes).order(ByteOrder.nativeOrder()));
        start += bytes;
      }
      return inputs;
    }
  }

  private static long median(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    int size = sorted.size();
    return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }
}
