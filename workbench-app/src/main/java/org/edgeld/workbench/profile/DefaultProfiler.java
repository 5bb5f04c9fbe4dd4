package org.edgeld.workbench.profile;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.ProgramSet;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * Measures a cluster: all devices at once, each layer whole and in thinner strips because time is
 * not proportional to rows; then every link alone, one direction after the other, so that no
 * measurement shares an interface with another; then what each interface carries over all its
 * links.
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
      LinkTimer timer = new LinkTimer(sessions, monitor);
      List<List<LinkEstimate>> links = timer.links();
      return new ClusterProfile(devices, links, timer.interfaces(links));
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
}
