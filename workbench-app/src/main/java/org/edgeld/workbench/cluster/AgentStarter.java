package org.edgeld.workbench.cluster;

import java.util.List;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Starts agents on this computer and ends them again. */
public interface AgentStarter extends AutoCloseable {
  /**
   * Starts agents and waits until they are ready.
   *
   * @param discoveryPort first discovery port
   * @return their addresses
   * @throws ClusterException if one does not start; none of the new ones is left behind
   */
  List<AgentAddress> start(LocalClusterSpec spec, int discoveryPort, JobMonitor monitor)
      throws ClusterException, JobCancelledException;

  /** Stops all agents and waits until they are gone. */
  @Override
  void close();
}
