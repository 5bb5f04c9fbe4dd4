package org.edgeld.workbench.run;

import java.util.List;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Runs plans on a cluster. */
public interface Runner {
  /**
   * Deploys the plan and both baselines, warms up, and measures them interleaved; every output is
   * compared with the undivided network's.
   *
   * @throws RunFailedException with device, step and cause; agents are left idle and reusable
   * @throws JobCancelledException if the user stopped it; agents are left idle and reusable
   */
  Completed run(RunRequest request, JobMonitor monitor)
      throws RunFailedException, JobCancelledException;

  /**
   * A run that came to its end.
   *
   * @param result what was measured
   * @param outputs the plan's outputs in the order of the graph's
   */
  record Completed(RunResult result, List<HostTensor> outputs) {
    public Completed {
      outputs = List.copyOf(outputs);
    }
  }
}
