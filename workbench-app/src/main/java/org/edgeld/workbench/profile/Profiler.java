package org.edgeld.workbench.profile;

import java.util.List;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Measures devices and links. */
public interface Profiler {
  /**
   * Times the layers of a model and EdgeLD's grid on every agent, and every link between them.
   *
   * @param agents device 0, 1, … of the profile
   * @throws ClusterException naming the agent that failed
   */
  ClusterProfile profile(ModelGraph graph, List<KnownAgent> agents, JobMonitor monitor)
      throws ClusterException, JobCancelledException;
}
