package org.edgeld.workbench.run;

import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.Planner;

/**
 * Measures a plan and both baselines in one go: all three stay deployed and take turns in a seeded
 * random order, so that drift of the machines touches them alike.
 */
public final class DefaultRunner implements Runner {
  private final SharedKey key;
  private final Planner planner;
  private final Clock clock;
  private final Supplier<Map<String, String>> environment;

  /**
   * @param key shared with the agents
   * @param planner plans the baselines
   * @param clock dates the results
   * @param environment describes this computer
   */
  public DefaultRunner(
      SharedKey key, Planner planner, Clock clock, Supplier<Map<String, String>> environment) {
    this.key = key;
    this.planner = planner;
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public Completed run(RunRequest request, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    try (AgentSessions sessions = AgentSessions.open(request.agents(), key, monitor)) {
      return new Measurement(request, sessions, monitor)
          .measure(planner, clock.instant(), environment.get());
    } catch (ClusterException e) {
      throw new RunFailedException(e.getMessage(), e);
    }
  }
}
