package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.Model;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.profile.ClusterProfile;

/** The way that profile, plan and run have in common: find agents and measure them. */
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
   * @param target the same as devices to plan for
   */
  record Measured(List<KnownAgent> agents, Target target) {
    Measured {
      agents = List.copyOf(agents);
    }
  }

  /** Finds the agents and measures them for a model. */
  Measured measure(Model model, ClusterChoice cluster, Optional<String> head)
      throws BadInputException, ClusterException, JobCancelledException {
    return measure(model, cluster, head, Optional.empty());
  }

  /** Finds the agents and measures them for a model, or takes what was measured before. */
  Measured measure(
      Model model,
      ClusterChoice cluster,
      Optional<String> head,
      Optional<SavedProfileOption.SavedProfile> saved)
      throws BadInputException, ClusterException, JobCancelledException {
    List<KnownAgent> agents = new AgentFinder(services.directory(), monitor).find(cluster, head);
    List<String> names = agents.stream().map(KnownAgent::name).toList();
    DeviceId headDevice = Target.head(names, head);
    ClusterProfile profile =
        saved.isPresent()
            ? saved.get().of(infos(agents))
            : services.profiler().profile(model.graph(), agents, monitor);
    monitor.checkCancelled();
    return new Measured(agents, new Target(names, headDevice, profile));
  }

  private static List<AgentInfo> infos(List<KnownAgent> agents) {
    return agents.stream().flatMap(agent -> agent.info().stream()).toList();
  }

  /** Returns what plans for them. */
  PlanAction planning(List<KnownAgent> agents) {
    return PlanAction.with(services, agents, monitor);
  }
}
