package org.edgeld.workbench.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * The agents of a sweep. Local ones are started for each kind of boards, as many as the largest
 * trial needs, and anew when one has died; of boards elsewhere the first as many are asked again
 * before each trial, so one that came back is used.
 */
final class SweepAgents implements AutoCloseable {
  private final AgentDirectory directory;
  private final SweepSpec spec;
  private Optional<Boards> running = Optional.empty();
  private List<KnownAgent> agents = List.of();

  SweepAgents(AgentDirectory directory, SweepSpec spec) {
    this.directory = directory;
    this.spec = spec;
  }

  /**
   * Returns agents that are ready, the head first.
   *
   * @throws ClusterException if one cannot be started or does not answer
   */
  List<KnownAgent> ready(Boards boards, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    if (!spec.agents().isEmpty()) {
      List<KnownAgent> found = new ArrayList<>();
      for (String address : spec.agents().subList(0, spec.mostDevices())) {
        monitor.progress("Asking " + address, -1);
        found.add(directory.add(AgentAddress.parse(address)));
      }
      return found;
    }
    if (!running.equals(Optional.of(boards))) {
      close();
      agents =
          directory.startLocal(
              new LocalClusterSpec(spec.mostDevices(), boards.emulation(), 1), monitor);
      running = Optional.of(boards);
    }
    return agents;
  }

  /** After a trial failed: if an agent no longer answers, all are started anew before the next. */
  void examine() {
    for (KnownAgent agent : agents) {
      try {
        directory.add(agent.address());
      } catch (ClusterException e) {
        close();
        return;
      }
    }
  }

  /** Stops those that were started here. */
  @Override
  public void close() {
    if (running.isPresent()) {
      directory.stopLocal();
      running = Optional.empty();
      agents = List.of();
    }
  }
}
