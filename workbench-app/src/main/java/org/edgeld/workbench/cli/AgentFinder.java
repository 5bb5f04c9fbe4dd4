package org.edgeld.workbench.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.KnownAgent.Status;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Gets hold of the agents that the options ask for. */
final class AgentFinder {
  private static final long PAUSE_MILLIS = 100;

  private final AgentDirectory directory;
  private final JobMonitor monitor;

  AgentFinder(AgentDirectory directory, JobMonitor monitor) {
    this.directory = directory;
    this.monitor = monitor;
  }

  /**
   * Returns the chosen agents in the order of device ids.
   *
   * @param head one that must be among them, if named
   */
  List<KnownAgent> find(ClusterChoice choice, Optional<String> head)
      throws ClusterException, JobCancelledException {
    if (choice instanceof ClusterChoice.Local local) {
      monitor.progress("Starting %d local agents".formatted(local.spec().agents()), -1);
      return directory.startLocal(local.spec(), monitor);
    }
    if (choice instanceof ClusterChoice.Discover discover) {
      return wanted(discover, head);
    }
    List<KnownAgent> agents = new ArrayList<>();
    for (AgentAddress address : ((ClusterChoice.Addresses) choice).addresses()) {
      monitor.checkCancelled();
      monitor.progress("Asking " + address, -1);
      KnownAgent agent = directory.add(address);
      if (agent.status() != Status.READY) {
        throw new ClusterException(
            "The agent at %s cannot be used: %s".formatted(address, detail(agent)));
      }
      agents.add(agent);
    }
    return agents;
  }

  /** Looks until enough agents are there or patience ends, and returns all that were seen. */
  List<KnownAgent> look(int enough, Duration patience)
      throws ClusterException, JobCancelledException {
    long start = System.nanoTime();
    while (true) {
      monitor.checkCancelled();
      List<KnownAgent> known = directory.discover(monitor);
      long ready = ready(known).size();
      monitor.progress("Looking for agents, found " + ready, -1);
      if (ready >= enough || System.nanoTime() - start >= patience.toNanos()) {
        return known;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        throw new JobCancelledException();
      }
    }
  }

  private List<KnownAgent> wanted(ClusterChoice.Discover choice, Optional<String> head)
      throws ClusterException, JobCancelledException {
    List<KnownAgent> known = look(choice.count(), choice.patience());
    List<KnownAgent> ready = ready(known);
    if (ready.size() < choice.count()) {
      throw new ClusterException(tooFew(choice.count(), ready, known));
    }
    List<KnownAgent> first = new ArrayList<>(ready.subList(0, choice.count()));
    Optional<KnownAgent> left =
        ready.stream()
            .filter(agent -> head.isPresent() && agent.name().equals(head.get()))
            .filter(agent -> !first.contains(agent))
            .findFirst();
    left.ifPresent(agent -> first.set(first.size() - 1, agent));
    return first;
  }

  private static List<KnownAgent> ready(List<KnownAgent> known) {
    return known.stream().filter(agent -> agent.status() == Status.READY).toList();
  }

  private static String tooFew(int wanted, List<KnownAgent> ready, List<KnownAgent> known) {
    String names = ready.stream().map(KnownAgent::name).collect(Collectors.joining(", "));
    String others =
        known.stream()
            .filter(agent -> agent.status() != Status.READY)
            .map(agent -> "; " + agent.name() + " cannot be used: " + detail(agent))
            .map(text -> text.endsWith(".") ? text.substring(0, text.length() - 1) : text)
            .collect(Collectors.joining());
    return "Found %d of %d agents%s%s. Maybe start more, or name them with --agents host:port where"
            .formatted(ready.size(), wanted, ready.isEmpty() ? "" : ": " + names, others)
        + " broadcasts do not pass.";
  }

  private static String detail(KnownAgent agent) {
    return agent.detail().isEmpty()
        ? "it is " + agent.status().name().toLowerCase(Locale.ROOT) + "."
        : agent.detail();
  }
}
