package org.edgeld.workbench.profile;

import java.util.List;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Adds to a profile what a plan's own steps take. */
public interface Refiner {
  /**
   * Times the compute steps of plans as they run: whole fused tiles, one after the other in the
   * order of the programs.
   *
   * @param profile of these agents, which has the layers' times and maybe some steps already
   * @param plans programs whose steps to time; steps known already are not timed again
   * @return the profile with these steps
   * @throws ClusterException naming the agent that failed
   */
  ClusterProfile refine(
      ClusterProfile profile, List<ProgramSet> plans, List<KnownAgent> agents, JobMonitor monitor)
      throws ClusterException, JobCancelledException;
}
