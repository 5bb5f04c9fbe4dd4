package org.edgeld.workbench.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Stage;

/** What a run measures: the plan and the baselines that fit, all deployed at the same time. */
final class Configurations {
  static final String PLAN = "plan";
  static final String LOCAL = "local";
  static final String REMOTE = "remote";

  private final RunRequest request;
  private final AgentSessions sessions;
  private final JobMonitor monitor;
  private final Map<String, ActiveRun> active = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private int remoteDevice = -1;

  Configurations(RunRequest request, AgentSessions sessions, JobMonitor monitor) {
    this.request = request;
    this.sessions = sessions;
    this.monitor = monitor;
  }

  /**
   * Deploys everything, the undivided networks first: an agent that has a layer's whole weights
   * computes parts of them with those, while a part would stay in memory beside the whole.
   *
   * @param planner plans the baselines
   * @throws RunFailedException if the plan cannot be deployed; a baseline that cannot is left out
   */
  void deploy(Planner planner) throws RunFailedException, JobCancelledException {
    deployBaseline(LOCAL, "single", planner);
    if (request.agents().size() > 1) {
      deployBaseline(REMOTE, "remote", planner);
    }
    deploy(PLAN, request.planned());
  }

  private void deploy(String configuration, PlannedRun planned)
      throws RunFailedException, JobCancelledException {
    ActiveRun run = new ActiveRun(configuration, planned, sessions, request.batch().inFlight());
    try {
      run.deploy(request.model(), monitor);
    } catch (RunFailedException e) {
      run.close();
      throw e;
    }
    active.put(configuration, run);
  }

  /** A baseline that does not fit its device is left out, and the result says so. */
  private void deployBaseline(String configuration, String strategy, Planner planner)
      throws JobCancelledException {
    try {
      PlannedRun planned = planner.plan(request.planned().request().baseline(strategy));
      deploy(configuration, planned);
      if (configuration.equals(REMOTE)) {
        Stage stage = planned.plan().stages().get(0);
        remoteDevice = stage.soleDevice().map(DeviceId::index).orElse(-1);
      }
    } catch (InfeasiblePlanException | RunFailedException e) {
      warnings.add("The baseline \"%s\" was left out: %s".formatted(configuration, e.getMessage()));
    }
  }

  /** Returns the configurations that are deployed: the plan, then the baselines. */
  List<ActiveRun> all() {
    return Stream.of(PLAN, LOCAL, REMOTE).filter(active::containsKey).map(active::get).toList();
  }

  /** Returns the plan. */
  ActiveRun plan() {
    return active.get(PLAN);
  }

  /**
   * Returns the undivided network, on the head or, if it does not fit there, on a remote device.
   *
   * @throws RunFailedException if it fits nowhere
   */
  ActiveRun undivided() throws RunFailedException {
    ActiveRun undivided = active.getOrDefault(LOCAL, active.get(REMOTE));
    if (undivided == null) {
      throw new RunFailedException(
          "No device can run the undivided network, so the output cannot be checked. "
              + String.join(" ", warnings));
    }
    return undivided;
  }

  /** Returns the index of the device of the remote baseline, or -1. */
  int remoteDevice() {
    return remoteDevice;
  }

  /** Returns sentences about baselines that were left out. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Removes all from the agents. */
  void undeploy() {
    active.values().forEach(ActiveRun::close);
  }
}
