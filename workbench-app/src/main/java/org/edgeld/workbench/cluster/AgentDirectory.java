package org.edgeld.workbench.cluster;

import java.util.List;
import java.util.function.Consumer;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** All agents the workbench knows: discovered, added by hand, started here. Thread-safe. */
public interface AgentDirectory extends AutoCloseable {
  /** Returns what is known now, sorted by name. */
  List<KnownAgent> agents();

  /** Calls {@code listener} with {@link #agents} after every change, on a background thread. */
  void onChange(Consumer<List<KnownAgent>> listener);

  /** Looks for agents in the background every two seconds from now on. */
  void startWatching();

  /**
   * Looks for agents once, waiting for answers.
   *
   * @return what is known then
   */
  List<KnownAgent> discover(JobMonitor monitor) throws ClusterException, JobCancelledException;

  /**
   * Adds an agent that discovery cannot find, after asking it who it is.
   *
   * @throws ClusterException if nothing answers there, or it refuses
   */
  KnownAgent add(AgentAddress address) throws ClusterException;

  /** Forgets an agent that was added by hand. */
  void remove(AgentAddress address);

  /**
   * Starts emulated agents on this computer, beside those that already run here.
   *
   * @return the agents, ready
   * @throws ClusterException if one does not start; none is left behind then
   */
  List<KnownAgent> startLocal(LocalClusterSpec spec, JobMonitor monitor)
      throws ClusterException, JobCancelledException;

  /** Stops all agents that were started here. */
  void stopLocal();

  /** Stops watching and all local agents. */
  @Override
  void close();
}
