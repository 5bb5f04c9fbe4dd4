package org.edgeld.workbench.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * The agents of a sweep. Local ones are started for each kind of boards, as many as the largest
 * trial needs, and anew when one has died. Boards elsewhere are asked again before each trial, and
 * one that does not answer is waited for, so a board that restarts is used again. Later trials wait
 * less for one that stayed away, until it answers again.
 */
final class SweepAgents implements AutoCloseable {
  /** How long boards are waited for before a trial: enough for one to restart. */
  static final int PATIENCE_SECONDS = 120;

  /** How long a board is waited for that stayed away through a whole patience before. */
  static final int PATIENCE_IF_AWAY_SECONDS = 10;

  private static final long LOOK_MILLIS = 50;
  private static final long ASK_AGAIN_MILLIS = 1000;

  private final AgentDirectory directory;
  private final SweepSpec spec;
  private final LongSupplier nanoClock;
  private final Set<AgentAddress> away = new HashSet<>();
  private Optional<Boards> running = Optional.empty();
  private List<KnownAgent> agents = List.of();

  SweepAgents(AgentDirectory directory, SweepSpec spec, LongSupplier nanoClock) {
    this.directory = directory;
    this.spec = spec;
    this.nanoClock = nanoClock;
  }

  /**
   * Returns the first {@code count} agents, ready, the head first.
   *
   * @throws ClusterException if one cannot be started or does not answer for {@value
   *     #PATIENCE_SECONDS} seconds, or {@value #PATIENCE_IF_AWAY_SECONDS} if it stayed away before
   */
  List<KnownAgent> ready(Boards boards, int count, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    if (!spec.agents().isEmpty()) {
      long end = nanoClock.getAsLong() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      List<KnownAgent> found = new ArrayList<>();
      for (String address : spec.agents(boards).subList(0, count)) {
        found.add(await(AgentAddress.parse(address), end, monitor));
      }
      return found;
    }
    if (!running.equals(Optional.of(boards))) {
      close();
      agents = started(boards, monitor);
      running = Optional.of(boards);
    }
    return agents.subList(0, count);
  }

  /**
   * Returns the first {@code count} agents and those after them, up to {@code most} in all, until
   * one does not answer: nobody waits for a board that a trial does without.
   *
   * @throws ClusterException if one of the first is missing, as {@link #ready} says
   */
  List<KnownAgent> readyAndMore(Boards boards, int count, int most, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    List<KnownAgent> needed = ready(boards, count, monitor);
    if (spec.agents().isEmpty()) {
      return agents.subList(0, most);
    }
    List<KnownAgent> found = new ArrayList<>(needed);
    try {
      for (String address : spec.agents(boards).subList(count, most)) {
        found.add(directory.add(AgentAddress.parse(address)));
      }
    } catch (ClusterException e) {
      monitor.progress("Not all boards answer, so the others are measured. " + e.getMessage(), -1);
    }
    return found;
  }

  private List<KnownAgent> started(Boards boards, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    try {
      return directory.startLocal(boards.cluster(spec.mostDevices()), monitor);
    } catch (ClusterException | JobCancelledException | RuntimeException e) {
      directory.stopLocal(); // some may run that did not answer
      throw e;
    }
  }

  private KnownAgent await(AgentAddress address, long end, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    long begin = nanoClock.getAsLong();
    boolean known = away.contains(address);
    long last =
        known ? Math.min(end, begin + TimeUnit.SECONDS.toNanos(PATIENCE_IF_AWAY_SECONDS)) : end;
    while (true) {
      monitor.checkCancelled();
      try {
        KnownAgent found = directory.add(address);
        away.remove(address);
        return found;
      } catch (ClusterException e) {
        long now = nanoClock.getAsLong();
        long left = last - now;
        if (left <= 0) {
          // another board may have taken the most of the time
          if (now - begin >= TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS) / 2) {
            away.add(address);
          }
          throw new ClusterException(
              "The agent %s %s. %s"
                  .formatted(
                      address,
                      known
                          ? "is still away after another %d s".formatted(PATIENCE_IF_AWAY_SECONDS)
                          : "was away for %d s".formatted(PATIENCE_SECONDS),
                      e.getMessage()),
              e);
        }
        monitor.progress(
            "Waiting for agent %s, at most %d s"
                .formatted(address, TimeUnit.NANOSECONDS.toSeconds(left)),
            -1);
        sleep(monitor);
      }
    }
  }

  private static void sleep(JobMonitor monitor) throws JobCancelledException {
    try {
      for (long slept = 0; slept < ASK_AGAIN_MILLIS; slept += LOOK_MILLIS) {
        monitor.checkCancelled();
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobCancelledException();
    }
  }

  /**
   * After a trial failed: if a local agent no longer answers, all are started anew before the next.
   */
  void examine() {
    for (KnownAgent agent : agents) {
      try {
        directory.add(agent.address());
      } catch (ClusterException e) {
        close();
        return;
      }
    }
  }

  /** Stops those that were started here. */
  @Override
  public void close() {
    if (running.isPresent()) {
      directory.stopLocal();
      running = Optional.empty();
      agents = List.of();
    }
  }
}
