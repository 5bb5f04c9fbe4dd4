package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Optional;
import org.edgeld.model.Model;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.compare.StrategyComparison;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;

/** The way that profile, plan and run have in common: find agents, measure them, plan for them. */
final class Preparation {
  private final CommandServices services;
  private final JobMonitor monitor;

  Preparation(CommandServices services, JobMonitor monitor) {
    this.services = services;
    this.monitor = monitor;
  }

  /**
   * Agents with their measured profile.
   *
   * @param agents device 0, 1, …
   * @param head index of the head
   * @param profile what was measured
   */
  record Measured(List<KnownAgent> agents, DeviceId head, ClusterProfile profile) {
    Measured {
      agents = List.copyOf(agents);
    }

    List<String> names() {
      return agents.stream().map(KnownAgent::name).toList();
    }
  }

  /** Finds the agents and measures them for a model. */
  Measured measure(Model model, ClusterChoice cluster, Optional<String> head)
      throws BadInputException, ClusterException, JobCancelledException {
    List<KnownAgent> agents = new AgentFinder(services.directory(), monitor).find(cluster, head);
    DeviceId headDevice = head(agents, head);
    ClusterProfile profile = services.profiler().profile(model.graph(), agents, monitor);
    monitor.checkCancelled();
    return new Measured(agents, headDevice, profile);
  }

  /** Plans for measured agents. */
  PlannedRun plan(Model model, Measured measured, PlanChoice choice)
      throws BadInputException, JobCancelledException {
    monitor.progress("Planning", -1);
    try {
      return services
          .planner()
          .plan(choice.request(model.graph(), measured.profile(), measured.head()), monitor);
    } catch (InfeasiblePlanException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /** Plans for measured agents with every strategy; the choice's own does not count. */
  Comparison compare(Model model, Measured measured, PlanChoice choice)
      throws JobCancelledException {
    return new StrategyComparison(services.planner())
        .compare(
            choice.request(model.graph(), measured.profile(), measured.head()),
            SplitStrategies.load().all().stream().map(SplitStrategy::id).toList(),
            monitor);
  }

  private static DeviceId head(List<KnownAgent> agents, Optional<String> name)
      throws BadInputException {
    if (name.isEmpty()) {
      return new DeviceId(0);
    }
    KnownAgent head =
        Catalogue.choose("name of these agents", name.get(), agents, KnownAgent::name);
    if (agents.stream().filter(agent -> agent.name().equals(name.get())).count() > 1) {
      throw new BadInputException(
          "The head \"%s\" could be several of these agents. Maybe start them with different --name."
              .formatted(name.get()));
    }
    return new DeviceId(agents.indexOf(head));
  }
}
