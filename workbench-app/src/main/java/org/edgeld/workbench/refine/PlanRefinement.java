package org.edgeld.workbench.refine;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.Refiner;

/**
 * Plans, has the devices time the plan's own steps, and plans again with them. The sum of its
 * layers' times is a guess of what a fused step takes; who picks the smallest of many guesses picks
 * one that is too small. A plan whose steps were timed is no guess any more, so only such plans are
 * handed out.
 */
public final class PlanRefinement {
  private static final String OBJECTIVE = "objective";
  private static final String THROUGHPUT = "throughput";

  private final Planner planner;
  private final Refiner refiner;

  public PlanRefinement(Planner planner, Refiner refiner) {
    this.planner = planner;
    this.refiner = refiner;
  }

  /**
   * Plans, and plans again until that changes nothing.
   *
   * @param rounds how often it is planned again at most, at least 0
   * @param agents device 0, 1, … of the request's profile
   * @return the plan at which planning came to rest, or else the fastest of those that were tried;
   *     its request's profile has all steps that were timed
   * @throws InfeasiblePlanException if no plan can satisfy the request
   * @throws ClusterException naming the agent that failed
   */
  public PlannedRun plan(
      PlanRequest request, int rounds, List<KnownAgent> agents, JobMonitor monitor)
      throws InfeasiblePlanException, ClusterException, JobCancelledException {
    PlanRequest known = request;
    List<Plan> timed = new ArrayList<>();
    PlannedRun newest = planner.plan(known, monitor);
    for (int round = 0; !timed.contains(newest.plan()); round++) {
      known = timed(known, newest, agents, monitor);
      timed.add(newest.plan());
      if (round == rounds) {
        return fastest(known, timed, monitor);
      }
      monitor.progress("Planning with the steps timed", -1);
      newest = planner.plan(known, monitor);
    }
    return newest;
  }

  /**
   * Times the steps of a plan that is there already.
   *
   * @return the same plan, predicted with what its steps take
   */
  public PlannedRun predict(
      PlanRequest request, Plan plan, List<KnownAgent> agents, JobMonitor monitor)
      throws InfeasiblePlanException, ClusterException, JobCancelledException {
    PlannedRun guessed = planner.predict(request, plan, monitor);
    return planner.predict(timed(request, guessed, agents, monitor), plan, monitor);
  }

  private PlanRequest timed(
      PlanRequest request, PlannedRun planned, List<KnownAgent> agents, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    ClusterProfile refined =
        refiner.refine(request.profile(), List.of(planned.programs()), agents, monitor);
    return request.with(refined);
  }

  private PlannedRun fastest(PlanRequest known, List<Plan> plans, JobMonitor monitor)
      throws InfeasiblePlanException, JobCancelledException {
    PlannedRun best = planner.predict(known, plans.get(0), monitor);
    for (Plan plan : plans.subList(1, plans.size())) {
      PlannedRun other = planner.predict(known, plan, monitor);
      if (nanos(other) < nanos(best)) {
        best = other;
      }
    }
    return best;
  }

  /** Returns what shall be small: the time from frame to frame if the strategy is asked for it. */
  private static double nanos(PlannedRun planned) {
    boolean stream = THROUGHPUT.equals(planned.request().method().options().get(OBJECTIVE));
    return stream ? planned.nanosPerFrame() : planned.prediction().latencyNanos();
  }
}
