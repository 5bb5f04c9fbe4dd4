package org.edgeld.workbench.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.edgeld.message.AgentMessage.ComputeProfile;
import org.edgeld.message.BlobRef;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.message.ProfileSpec.Timing;
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

  /** A round of a slow device is not repeated: the whole profile shall take some 15 s. */
  private static final long ENOUGH_NANOS = 4_000_000_000L;

  private static final int[] GRID_SIZES = {7, 14, 28, 56};
  private static final int[] GRID_CHANNELS = {32, 64, 128, 256};
  private static final long MAX_GRID_FLOPS = 250_000_000L;
  private static final long ENOUGH_GRID_NANOS = 50_000_000L;
  private static final double SHARE_OF_PROFILE = 0.8;

  private final AgentSessions sessions;
  private final JobMonitor monitor;
  private final LayerProbes probes;
  private final List<LayerProbes.Group> groups;
  private final List<GridPoint> grid = grid();
  private final BlobRef model;
  private final ByteBuffer blob;
  private final double[] done;

  /** What one device was asked, group by group. */
  private record Asked(
      List<Pending<ComputeProfile>> work,
      List<Pending<ComputeProfile>> steps,
      Pending<ComputeProfile> grid) {
    void cancel() {
      work.forEach(request -> request.cancel().run());
      steps.forEach(request -> request.cancel().run());
      grid.cancel().run();
    }
  }

  /**
   * @throws IOException if the model cannot be sent
   */
  DeviceTimer(ModelGraph graph, AgentSessions sessions, JobMonitor monitor) throws IOException {
    this.sessions = sessions;
    this.monitor = monitor;
    this.probes = new LayerProbes(graph);
    this.groups = probes.groups();
    this.blob = BlobCodec.encode(graph);
    this.model = BlobRef.of(blob.duplicate());
    this.done = new double[sessions.connections().size()];
  }

  /** Returns the devices' profiles in the order of the sessions. */
  List<DeviceProfile> measure() throws ExecutionException, JobCancelledException {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < sessions.connections().size(); i++) {
      asked.add(ask(i));
    }
    List<DeviceProfile> devices = new ArrayList<>();
    try {
      for (int i = 0; i < asked.size(); i++) {
        devices.add(profile(sessions.connections().get(i), asked.get(i)));
      }
    } catch (JobCancelledException e) {
      asked.forEach(Asked::cancel);
      throw e;
    }
    return devices;
  }

  private Asked ask(int device) {
    sessions.connections().get(device).offer(model, blob::duplicate);
    List<Pending<ComputeProfile>> work = new ArrayList<>();
    List<Pending<ComputeProfile>> steps = new ArrayList<>();
    int requests = 2 * groups.size() + 1;
    for (LayerProbes.Group group : groups) {
      work.add(ask(device, tiles(group.tiles(), Timing.WORK), requests));
      steps.add(ask(device, tiles(group.steps(), Timing.STEP), requests));
    }
    ProfileSpec points =
        new ProfileSpec(List.of(), grid, Timing.WORK, WARMUP, REPEATS, ENOUGH_GRID_NANOS);
    return new Asked(work, steps, ask(device, points, requests));
  }

  private static ProfileSpec tiles(List<TileSpec> tiles, Timing timing) {
    return new ProfileSpec(tiles, List.of(), timing, WARMUP, REPEATS, ENOUGH_NANOS);
  }

  private Pending<ComputeProfile> ask(int device, ProfileSpec spec, int requests) {
    double[] before = {0};
    return sessions
        .connections()
        .get(device)
        .profileCompute(
            model,
            spec,
            (tiles, of) -> {
              double now = (double) tiles / Math.max(1, of) / requests;
              progress(device, now - before[0]);
              before[0] = now;
            });
  }

  private void progress(int device, double more) {
    double slowest;
    synchronized (done) {
      done[device] += more;
      slowest = Arrays.stream(done).min().orElse(0);
    }
    monitor.progress(
        "Timing layers on %d device(s)".formatted(done.length), SHARE_OF_PROFILE * slowest);
  }

  private DeviceProfile profile(AgentConnection connection, Asked asked)
      throws ExecutionException, JobCancelledException {
    String agent = connection.name();
    Map<TileSpec, Long> work = new HashMap<>();
    List<Long> overheads = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      LayerProbes.Group group = groups.get(i);
      long[] workNanos =
          Answered.nanos(agent, group.tiles().size(), await(asked.work().get(i)).tileNanos());
      for (int tile = 0; tile < workNanos.length; tile++) {
        work.put(group.tiles().get(tile), workNanos[tile]);
      }
      long[] stepNanos =
          Answered.nanos(agent, group.steps().size(), await(asked.steps().get(i)).tileNanos());
      for (int step = 0; step < stepNanos.length; step++) {
        overheads.add(stepNanos[step] - work.get(group.steps().get(step)));
      }
    }
    long[] gridNanos = Answered.nanos(agent, grid.size(), await(asked.grid()).gridNanos());
    List<Regression.Point> points = new ArrayList<>();
    for (int i = 0; i < grid.size(); i++) {
      points.add(new Regression.Point(grid.get(i).flops(), gridNanos[i] / 1e9));
    }
    return new DeviceProfile(
        connection.info(),
        probes.times(work),
        StepOverhead.median(overheads),
        RegressionFit.fit(points));
  }

  private ComputeProfile await(Pending<ComputeProfile> pending)
      throws ExecutionException, JobCancelledException {
    return Futures.await(pending.answer(), monitor);
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
