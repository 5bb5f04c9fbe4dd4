package org.edgeld.workbench.cli;

import java.nio.file.Path;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profile.Refiner;
import org.edgeld.workbench.run.PlanMeter;
import org.edgeld.workbench.run.Runner;
import org.edgeld.workbench.settings.WorkbenchSettings;

/**
 * What commands that reach agents work with. Closing it leaves all agents idle and stops local
 * ones.
 */
public interface CommandServices extends AutoCloseable {
  /** Opens services once the options are known. */
  @FunctionalInterface
  interface Factory {
    /**
     * Opens services.
     *
     * @throws ClusterException with a sentence for the user, for example about the key file
     */
    CommandServices open(WorkbenchSettings settings) throws ClusterException;
  }

  /** Returns the agents. */
  AgentDirectory directory();

  /**
   * Returns a second directory whose local agents are no business of {@link #directory}: the window
   * measures sweeps on it beside the agents that it lists.
   */
  AgentDirectory sweepDirectory();

  /** Returns what measures them. */
  Profiler profiler();

  /** Returns what measures the steps of plans. */
  Refiner refiner();

  /** Returns what plans for them. */
  Planner planner();

  /** Returns what runs plans on them. */
  Runner runner();

  /** Returns what measures several plans beside each other. */
  PlanMeter meter();

  /** Returns the file with the key that agents started here accept. */
  Path keyFile();

  @Override
  void close();
}
