package org.edgeld.workbench.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.ui.doubles.Agents;

/** Boards, one at each port, of which some do not answer for a while. */
final class AbsentBoards implements AgentDirectory {
  /** Ports of those that do not answer. */
  final Set<Integer> away = new HashSet<>();

  /** Called when one does not answer. */
  Runnable onMiss = () -> {};

  @Override
  public KnownAgent add(AgentAddress address) throws ClusterException {
    if (away.contains(address.controlPort())) {
      onMiss.run();
      throw new ClusterException("Nothing answers at " + address + ".");
    }
    return Agents.with(
        address.controlPort(), 1, KnownAgent.Status.READY, KnownAgent.Source.ADDED, "");
  }

  @Override
  public List<KnownAgent> startLocal(LocalClusterSpec spec, JobMonitor monitor) {
    throw new UnsupportedOperationException("boards are elsewhere");
  }

  @Override
  public List<KnownAgent> agents() {
    return List.of();
  }

  @Override
  public List<KnownAgent> discover(JobMonitor monitor) {
    return List.of();
  }

  @Override
  public void onChange(Consumer<List<KnownAgent>> listener) {}

  @Override
  public void startWatching() {}

  @Override
  public void remove(AgentAddress address) {}

  @Override
  public void stopLocal() {}

  @Override
  public void close() {}
}
