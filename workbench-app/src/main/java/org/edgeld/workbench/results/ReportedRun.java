package org.edgeld.workbench.results;

import java.util.stream.Collectors;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.run.RunResult;

/**
 * A run with everything its files tell.
 *
 * @param result what was measured
 * @param details how it was asked for
 */
public record ReportedRun(RunResult result, RunDetails details) {
  /** Returns what the planner was asked for. */
  public PlanRequest request() {
    return result.planned().request();
  }

  /** Returns the network. */
  public ModelGraph graph() {
    return request().graph();
  }

  /** Returns the agent that holds input and output. */
  public AgentInfo head() {
    return result.devices().get(request().head().index());
  }

  /** Returns the predicted latency of one frame. */
  public double predictedMillis() {
    return result.planned().prediction().latencyNanos() / 1e6;
  }

  /** Returns a name that tells this run from others: when it began and what ran. */
  public String id() {
    return result.started() + " " + result.model();
  }

  /** Returns the names of all devices in their order, separated by semicolons. */
  public String deviceNames() {
    return result.devices().stream().map(AgentInfo::name).collect(Collectors.joining(";"));
  }
}
