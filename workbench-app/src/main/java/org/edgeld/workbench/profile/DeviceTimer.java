package org.edgeld.workbench.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.edgeld.message.AgentMessage.ComputeProfile;
import org.edgeld.message.BlobRef;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.model.ModelGraph;
import org.edgeld.wire.BlobCodec;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.AgentConnection.Pending;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.Futures;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Has all devices time a model's layers at once. */
final class DeviceTimer {
  private static final int WARMUP = 1;
  private static final int REPEATS = 5;
  private static final long ENOUGH_NANOS = 120_000_000L;

  /** A request's message stays far below the 64 KiB that a message may have. */
  private static final int TILES_PER_REQUEST = 1000;

  private static final int[] GRID_SIZES = {7, 14, 28, 56};
  private static final int[] GRID_CHANNELS = {32, 64, 128, 256};
  private static final long MAX_GRID_FLOPS = 250_000_000L;
  private static final double SHARE_OF_PROFILE = 0.8;

  private final ModelGraph graph;
  private final AgentSessions sessions;
  private final JobMonitor monitor;
  private final LayerProbes probes;
  private final int total;
  private final int[] done;

  /** What one device was asked. */
  private record Asked(
      Pending<ComputeProfile> overhead,
      List<Pending<ComputeProfile>> layers,
      Pending<ComputeProfile> grid) {}

  DeviceTimer(ModelGraph graph, AgentSessions sessions, JobMonitor monitor) {
    this.graph = graph;
    this.sessions = sessions;
    this.monitor = monitor;
    this.probes = new LayerProbes(graph);
    this.total = probes.tiles().size() + grid().size();
    this.done = new int[sessions.connections().size()];
  }

  /** Returns the devices' profiles in the order of the sessions. */
  List<DeviceProfile> measure() throws IOException, ExecutionException, JobCancelledException {
    ByteBuffer overheadBlob = BlobCodec.encode(OverheadProbe.graph());
    ByteBuffer modelBlob = BlobCodec.encode(graph);
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < sessions.connections().size(); i++) {
      asked.add(ask(i, overheadBlob, modelBlob));
    }
    List<DeviceProfile> devices = new ArrayList<>();
    try {
      for (int i = 0; i < asked.size(); i++) {
        devices.add(profile(sessions.connections().get(i), asked.get(i)));
      }
    } catch (JobCancelledException e) {
      asked.forEach(DeviceTimer::cancel);
      throw e;
    }
    return devices;
  }

  private Asked ask(int device, ByteBuffer overheadBlob, ByteBuffer modelBlob) {
    AgentConnection connection = sessions.connections().get(device);
    BlobRef overheadRef = BlobRef.of(overheadBlob.duplicate());
    BlobRef modelRef = BlobRef.of(modelBlob.duplicate());
    connection.offer(overheadRef, overheadBlob::duplicate);
    connection.offer(modelRef, modelBlob::duplicate);
    Pending<ComputeProfile> overhead =
        connection.profileCompute(overheadRef, OverheadProbe.spec(), (tiles, of) -> {});
    List<Pending<ComputeProfile>> layers = new ArrayList<>();
    List<TileSpec> tiles = probes.tiles();
    for (int i = 0; i < tiles.size(); i += TILES_PER_REQUEST) {
      int start = i;
      List<TileSpec> part = tiles.subList(i, Math.min(tiles.size(), i + TILES_PER_REQUEST));
      layers.add(
          connection.profileCompute(
              modelRef,
              new ProfileSpec(part, List.of(), WARMUP, REPEATS, ENOUGH_NANOS),
              (tilesDone, of) -> progress(device, start + tilesDone)));
    }
    Pending<ComputeProfile> grid =
        connection.profileCompute(
            modelRef,
            new ProfileSpec(List.of(), grid(), WARMUP, REPEATS, ENOUGH_NANOS),
            (tilesDone, of) -> progress(device, tiles.size() + tilesDone));
    return new Asked(overhead, layers, grid);
  }

  private void progress(int device, int tilesDone) {
    synchronized (done) {
      done[device] = tilesDone;
      int slowest = Arrays.stream(done).min().orElse(0);
      monitor.progress(
          "Timing layer tiles on %d device(s), %d of %d".formatted(done.length, slowest, total),
          SHARE_OF_PROFILE * slowest / total);
    }
  }

  private DeviceProfile profile(AgentConnection connection, Asked asked)
      throws ExecutionException, JobCancelledException {
    StepOverhead overhead = OverheadProbe.overhead(await(asked.overhead()).tileNanos());
    List<Long> nanos = new ArrayList<>();
    for (Pending<ComputeProfile> part : asked.layers()) {
      Arrays.stream(await(part).tileNanos()).forEach(nanos::add);
    }
    long[] gridNanos = await(asked.grid()).gridNanos();
    List<GridPoint> grid = grid();
    List<Regression.Point> points = new ArrayList<>();
    for (int i = 0; i < grid.size(); i++) {
      points.add(new Regression.Point(grid.get(i).flops(), gridNanos[i] / 1e9));
    }
    return new DeviceProfile(
        connection.info(), probes.times(nanos), overhead, RegressionFit.fit(points));
  }

  private ComputeProfile await(Pending<ComputeProfile> pending)
      throws ExecutionException, JobCancelledException {
    return Futures.await(pending.answer(), monitor);
  }

  private static void cancel(Asked asked) {
    asked.overhead().cancel().run();
    asked.layers().forEach(request -> request.cancel().run());
    asked.grid().cancel().run();
  }

  /** Returns EdgeLD's grid of convolutions. */
  private static List<GridPoint> grid() {
    List<GridPoint> grid = new ArrayList<>();
    for (int size : GRID_SIZES) {
      for (int channels : GRID_CHANNELS) {
        GridPoint point = new GridPoint(size, channels, channels);
        if (point.flops() <= MAX_GRID_FLOPS) {
          grid.add(point);
        }
      }
    }
    return grid;
  }
}
