package org.edgeld.workbench.profile;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.edgeld.message.AgentMessage.LinkProfile;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.PeerAddress;
import org.edgeld.program.ProgramSet;
import org.edgeld.transport.SharedKey;
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
public final class DefaultProfiler implements Profiler, Refiner {
  private final SharedKey key;

  public DefaultProfiler(SharedKey key) {
    this.key = key;
  }

  @Override
  public ClusterProfile profile(ModelGraph graph, List<KnownAgent> agents, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    try (AgentSessions sessions = AgentSessions.open(agents, key, monitor)) {
      List<DeviceProfile> devices = new DeviceTimer(graph, sessions, monitor).measure();
      return new ClusterProfile(devices, links(sessions, monitor));
    } catch (IOException e) {
      throw new ClusterException("The model cannot be sent: " + e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new ClusterException("The profile failed: " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public ClusterProfile refine(
      ClusterProfile profile, List<ProgramSet> plans, List<KnownAgent> agents, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    try (AgentSessions sessions = AgentSessions.open(agents, key, monitor)) {
      return new StepTimer(sessions, monitor).refine(profile, plans);
    } catch (IOException e) {
      throw new ClusterException("The model cannot be sent: " + e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new ClusterException("The profile failed: " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public List<Regression.Point> convolutions(
      List<GridPoint> points, Duration budget, KnownAgent agent, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    try (AgentSessions sessions = AgentSessions.open(List.of(agent), key, monitor)) {
      return new ConvolutionTimer(sessions.connections().get(0), monitor, System::nanoTime)
          .time(points, budget);
    } catch (IOException e) {
      throw new ClusterException("The network cannot be sent: " + e.getMessage(), e);
    } catch (ExecutionException e) {
      throw new ClusterException(
          "Timing convolutions failed: " + e.getCause().getMessage(), e.getCause());
    }
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
          row.add(
              new LinkEstimate(link.roundTripNanos(), link.messageNanos(), link.bitsPerSecond()));
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
