package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Optional;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.compare.Contender;
import org.edgeld.workbench.compare.StrategyComparison;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.profile.Refiner;
import org.edgeld.workbench.refine.PlanRefinement;

/** Plans for known devices, however they came to be known. */
final class PlanAction {
  private final Planner planner;
  private final Optional<Helpers> helpers;
  private final JobMonitor monitor;

  /** The devices themselves, which can time a plan's steps. */
  private record Helpers(Refiner refiner, List<KnownAgent> agents) {}

  private PlanAction(Planner planner, Optional<Helpers> helpers, JobMonitor monitor) {
    this.planner = planner;
    this.helpers = helpers;
    this.monitor = monitor;
  }

  /** Plans for devices that need not be there. */
  static PlanAction onPaper(Planner planner, JobMonitor monitor) {
    return new PlanAction(planner, Optional.empty(), monitor);
  }

  /** Plans for devices that are there, and may refine their profile. */
  static PlanAction with(CommandServices services, List<KnownAgent> agents, JobMonitor monitor) {
    return new PlanAction(
        services.planner(), Optional.of(new Helpers(services.refiner(), agents)), monitor);
  }

  /** Plans with the chosen strategy. */
  PlannedRun plan(ModelGraph graph, Target target, PlanChoice choice)
      throws BadInputException, ClusterException, JobCancelledException {
    monitor.progress("Planning", -1);
    try {
      PlanRequest request = choice.request(graph, target.profile(), target.head());
      if (choice.refinements() > 0 && helpers.isPresent()) {
        List<KnownAgent> agents = helpers.get().agents();
        PlanRefinement refinement = new PlanRefinement(planner, helpers.get().refiner());
        return choice.saved().isPresent()
            ? refinement.predict(request, choice.saved().get().plan(), agents, monitor)
            : refinement.plan(request, choice.refinements(), agents, monitor);
      }
      return choice.saved().isPresent()
          ? planner.predict(request, choice.saved().get().plan(), monitor)
          : planner.plan(request, monitor);
    } catch (InfeasiblePlanException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /** Plans for all contenders; the choice's own strategy does not count. */
  Comparison compare(ModelGraph graph, Target target, PlanChoice choice, List<Contender> contenders)
      throws JobCancelledException {
    PlanRequest request = choice.request(graph, target.profile(), target.head());
    return new StrategyComparison(planner)
        .compareRequests(
            request, contenders.stream().map(each -> each.of(request)).toList(), monitor);
  }
}
