package org.edgeld.workbench.profile;

import java.time.Duration;
import java.util.List;
import org.edgeld.message.ProfileSpec.GridPoint;
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

  /**
   * Times convolutions on one agent, one after the other, as emulated as a run.
   *
   * @param points in the order to time them, with rising FLOPs
   * @param budget no further one begins that would probably exceed it
   * @return FLOPs and time of the first points, as many as fit the budget, at least one
   * @throws ClusterException if the agent failed, or this profiler times no single convolutions
   */
  default List<Regression.Point> convolutions(
      List<GridPoint> points, Duration budget, KnownAgent agent, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    throw new ClusterException("This profiler times no single convolutions.");
  }
}
