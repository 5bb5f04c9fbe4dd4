package org.edgeld.workbench.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.message.AgentMessage.ComputeProfile;
import org.edgeld.message.AgentMessage.LinkProfile;
import org.edgeld.message.BlobRef;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.PeerAddress;
import org.edgeld.transport.SharedKey;
import org.edgeld.wire.BlobCodec;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.AgentConnection.Pending;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.Futures;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * Measures a cluster: all devices at once, each layer whole and in thinner strips because time is
 * not proportional to rows; then every link alone, one direction after the other, so that no
 * measurement shares an interface with another.
 */
public final class DefaultProfiler implements Profiler {
  private static final int WARMUP = 1;
  private static final int REPEATS = 3;
  private static final int[] GRID_SIZES = {7, 14, 28, 56};
  private static final int[][] GRID_CHANNELS = {{32, 32}, {64, 64}, {128, 128}, {256, 256}};
  private static final long MAX_GRID_FLOPS = 250_000_000L;

  private final SharedKey key;

  public DefaultProfiler(SharedKey key) {
    this.key = key;
  }

  @Override
  public ClusterProfile profile(ModelGraph graph, List<KnownAgent> agents, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    try (AgentSessions sessions = AgentSessions.open(agents, key, monitor)) {
      ProfileSpec spec = spec(graph);
      List<DeviceProfile> devices = devices(graph, spec, sessions, monitor);
      return new ClusterProfile(devices, links(sessions, monitor));
    } catch (IOException e) {
      throw new ClusterException("The model cannot be sent: " + e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new ClusterException("The profile failed: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** Returns what each device shall time: every layer whole, halved and quartered, and the grid. */
  static ProfileSpec spec(ModelGraph graph) {
    List<TensorShape> shapes = graph.shapes();
    List<TileSpec> tiles = new ArrayList<>();
    for (int layer = 0; layer < graph.layers().size(); layer++) {
      int height = shapes.get(layer + 1).height();
      if (ReceptiveField.splitsByRows(graph.layers().get(layer).operator())) {
        for (int divisor : new int[] {8, 4, 2}) {
          int rows = (height + divisor - 1) / divisor;
          TileSpec tile = new TileSpec(layer, rows);
          if (rows < height && !tiles.contains(tile)) {
            tiles.add(tile);
          }
        }
      }
      tiles.add(new TileSpec(layer, height));
    }
    List<GridPoint> grid = new ArrayList<>();
    for (int size : GRID_SIZES) {
      for (int[] channels : GRID_CHANNELS) {
        GridPoint point = new GridPoint(size, channels[0], channels[1]);
        if (point.flops() <= MAX_GRID_FLOPS) {
          grid.add(point);
        }
      }
    }
    return new ProfileSpec(tiles, grid, WARMUP, REPEATS);
  }

  private static List<DeviceProfile> devices(
      ModelGraph graph, ProfileSpec spec, AgentSessions sessions, JobMonitor monitor)
      throws IOException, ExecutionException, JobCancelledException {
    ByteBuffer blob = BlobCodec.encode(graph);
    BlobRef ref = BlobRef.of(blob);
    int size = sessions.connections().size();
    int[] done = new int[size];
    List<Pending<ComputeProfile>> pending = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int device = i;
      AgentConnection connection = sessions.connections().get(i);
      connection.offer(ref, blob::duplicate);
      pending.add(
          connection.profileCompute(
              ref,
              spec,
              (tilesDone, total) -> {
                synchronized (done) {
                  done[device] = tilesDone;
                  int slowest = java.util.Arrays.stream(done).min().orElse(0);
                  monitor.progress(
                      "Timing layer tiles on %d device(s), %d of %d"
                          .formatted(size, slowest, total),
                      0.8 * slowest / total);
                }
              }));
    }
    List<DeviceProfile> devices = new ArrayList<>();
    try {
      for (int i = 0; i < size; i++) {
        ComputeProfile times = Futures.await(pending.get(i).answer(), monitor);
        devices.add(device(graph, spec, sessions.connections().get(i), times));
      }
    } catch (JobCancelledException e) {
      pending.forEach(request -> request.cancel().run());
      throw e;
    }
    return devices;
  }

  private static DeviceProfile device(
      ModelGraph graph, ProfileSpec spec, AgentConnection connection, ComputeProfile times) {
    List<List<LayerTimes.Sample>> samples = new ArrayList<>();
    graph.layers().forEach(layer -> samples.add(new ArrayList<>()));
    for (int i = 0; i < spec.tiles().size(); i++) {
      TileSpec tile = spec.tiles().get(i);
      samples.get(tile.layer()).add(new LayerTimes.Sample(tile.rows(), times.tileNanos()[i]));
    }
    List<Regression.Point> points = new ArrayList<>();
    for (int i = 0; i < spec.grid().size(); i++) {
      points.add(new Regression.Point(spec.grid().get(i).flops(), times.gridNanos()[i] / 1e9));
    }
    return new DeviceProfile(
        connection.info(),
        samples.stream().map(LayerTimes::new).toList(),
        RegressionFit.fit(points));
  }

  private static List<List<LinkEstimate>> links(AgentSessions sessions, JobMonitor monitor)
      throws ExecutionException, JobCancelledException {
    List<AgentConnection> connections = sessions.connections();
    List<PeerAddress> addresses = sessions.peerAddresses();
    int size = connections.size();
    int done = 0;
    List<List<LinkEstimate>> links = new ArrayList<>();
    for (int from = 0; from < size; from++) {
      List<LinkEstimate> row = new ArrayList<>();
      for (int to = 0; to < size; to++) {
        if (from == to) {
          row.add(LinkEstimate.SELF);
          continue;
        }
        monitor.progress(
            "Measuring the link from %s to %s"
                .formatted(connections.get(from).name(), connections.get(to).name()),
            0.8 + 0.2 * done++ / (size * (size - 1)));
        Pending<LinkProfile> pending = connections.get(from).probeLink(addresses.get(to));
        try {
          LinkProfile link = Futures.await(pending.answer(), monitor);
          row.add(new LinkEstimate(link.roundTripNanos(), link.bitsPerSecond()));
        } catch (JobCancelledException e) {
          pending.cancel().run();
          throw e;
        }
      }
      links.add(row);
    }
    return links;
  }
}
