package org.edgeld.workbench.history;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.results.RunDetails;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.Runner;

/**
 * Repeats kept runs with the same input, seed and procedure: with the very same plan, or with one
 * that is made anew for other agents.
 */
public final class Rerun {
  private final RunLoader loader;
  private final Profiler profiler;
  private final Planner planner;
  private final Runner runner;

  /**
   * @param loader reads the runs
   * @param profiler measures agents that differ from those of a run
   * @param planner plans for them
   * @param runner runs plans
   */
  public Rerun(RunLoader loader, Profiler profiler, Planner planner, Runner runner) {
    this.loader = loader;
    this.profiler = profiler;
    this.planner = planner;
    this.runner = runner;
  }

  /**
   * What a repetition yields.
   *
   * @param run to be kept
   * @param sameOutput whether its outputs are those of the repeated run, bit for bit
   */
  public record Repeated(KeptRun run, boolean sameOutput) {}

  /**
   * Repeats a run with the very same plan.
   *
   * @param match agents for the plan's devices, all there; where they differ they are measured
   *     anew, so that the prediction is for them
   */
  public Repeated samePlan(LoadedRun run, AgentMatch match, JobMonitor monitor)
      throws HistoryException, RunFailedException, ClusterException, JobCancelledException {
    PlannedRun planned = run.report().result().planned();
    if (!match.differences().isEmpty()) {
      try {
        planned =
            planner.predict(
                planned.request().with(profile(run, match.agents(), monitor)),
                planned.plan(),
                monitor);
      } catch (InfeasiblePlanException e) {
        throw new HistoryException(e.getMessage(), e);
      }
    }
    return repeat(run, planned, match.agents(), monitor);
  }

  /**
   * Repeats a run with the same choices, planned anew.
   *
   * @param agents at least one; the head is the one of the same name, or else the first
   */
  public Repeated planAgain(LoadedRun run, List<KnownAgent> agents, JobMonitor monitor)
      throws HistoryException, RunFailedException, ClusterException, JobCancelledException {
    PlanRequest then = run.report().request();
    String headName = run.report().head().name();
    int head = Math.max(0, agents.stream().map(KnownAgent::name).toList().indexOf(headName));
    try {
      PlannedRun planned =
          planner.plan(then.with(profile(run, agents, monitor)).with(new DeviceId(head)), monitor);
      return repeat(run, planned, agents, monitor);
    } catch (InfeasiblePlanException e) {
      throw new HistoryException(e.getMessage(), e);
    }
  }

  private ClusterProfile profile(LoadedRun run, List<KnownAgent> agents, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    return profiler.profile(run.model().graph(), agents, monitor);
  }

  private Repeated repeat(
      LoadedRun run, PlannedRun planned, List<KnownAgent> agents, JobMonitor monitor)
      throws HistoryException, RunFailedException, JobCancelledException {
    RunDetails details = run.report().details();
    HostTensor input = loader.input(run);
    Runner.Completed completed =
        runner.run(
            new RunRequest(
                run.model(),
                planned,
                agents,
                input,
                details.warmup(),
                details.repeats(),
                details.seed(),
                run.report().result().batches().batch()),
            monitor);
    KeptRun kept =
        new KeptRun(
            new ReportedRun(completed.result(), details),
            run.item().head().model().file(),
            loader.isNoise(run) ? Optional.empty() : Optional.of(input),
            run.picture(),
            completed.outputs(),
            OptionalInt.of(run.item().number()));
    boolean same = Digests.of(completed.outputs()).equals(run.item().head().digests().outputs());
    return new Repeated(kept, same);
  }
}
