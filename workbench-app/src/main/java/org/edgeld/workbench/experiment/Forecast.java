package org.edgeld.workbench.experiment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.ConvolutionGrid;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.RooflineProfile;

/**
 * Estimates how long a sweep takes before anything was measured: every core is taken to compute at
 * a {@link CoreSpeed} times its share, every link to be as fast as emulated, and every method as
 * fast as strips in proportion to the devices. So it is a guide; once trials are measured, {@link
 * Pace} corrects it.
 */
public final class Forecast {
  private static final double ASSUMED_BITS_PER_SECOND = 10e9;
  private static final String STAND_IN = "proportional";
  private static final DeviceId HEAD = new DeviceId(0);

  /** Starting a cluster, beside what each agent adds. */
  private static final double START_SECONDS = 2.5;

  private static final double START_SECONDS_PER_AGENT = 1;
  private static final double DEPLOY_SECONDS = 0.7;

  /** Rounds of a profile over all tiles, counted in whole models, and what a pair's link takes. */
  private static final double PROFILE_MODELS = 15;

  private static final double MOST_PROFILE_SECONDS = 8;
  private static final double LINK_SECONDS = 0.4;

  private final Planner planner;
  private final Networks networks;
  private final SweepSpec spec;
  private final CoreSpeed speed;
  private final Map<Configuration, Double> trialSeconds = new HashMap<>();

  /**
   * Estimates a sweep's trials.
   *
   * @param speed what is known of a core
   */
  public Forecast(Planner planner, Networks networks, SweepSpec spec, CoreSpeed speed) {
    this.planner = planner;
    this.networks = networks;
    this.spec = spec;
    this.speed = speed;
  }

  /**
   * Returns how long some trials take one after the other, with the starts of clusters and the
   * profiles that they need.
   */
  public double seconds(List<Trial> trials) {
    return seconds(trials, List.of());
  }

  /**
   * Returns how long some trials take, unless nobody wants to know any more.
   *
   * @throws JobCancelledException if the monitor is cancelled before all trials are planned
   */
  public double seconds(List<Trial> trials, JobMonitor monitor) throws JobCancelledException {
    for (Trial trial : trials) {
      monitor.checkCancelled();
      seconds(trial); // is remembered
    }
    return seconds(trials);
  }

  /**
   * Returns how long some trials take.
   *
   * @param before trials whose clusters and profiles are there already
   */
  double seconds(List<Trial> trials, List<Trial> before) {
    double seconds = starts(trials, before) * startSeconds();
    if (trials.size() == Schedule.trials(spec).size()) { // they are timed before the first
      seconds += spec.convolutions().map(ConvolutionGrid::seconds).orElse(0);
    }
    Set<Object> begun = new HashSet<>();
    before.forEach(trial -> begun.add(subject(trial.configuration())));
    for (Trial trial : trials) {
      Configuration c = trial.configuration();
      int size = spec.clusterSize(c.boards());
      if (begun.add(subject(c))) {
        double models = PROFILE_MODELS * localSeconds(c);
        seconds += Math.min(MOST_PROFILE_SECONDS, models) + size * (size - 1) * LINK_SECONDS;
      }
      seconds += seconds(trial);
    }
    return seconds;
  }

  /** Returns how often local agents are started for some trials one after the other. */
  public int starts(List<Trial> trials) {
    return starts(trials, List.of());
  }

  private int starts(List<Trial> trials, List<Trial> before) {
    if (!spec.agents().isEmpty()) {
      return 0;
    }
    Optional<Boards> running =
        before.stream().reduce((first, last) -> last).map(t -> t.configuration().boards());
    int starts = 0;
    for (Trial trial : trials) {
      Optional<Boards> wanted = Optional.of(trial.configuration().boards());
      starts += wanted.equals(running) ? 0 : 1;
      running = wanted;
    }
    return starts;
  }

  /** Returns how long starting the local agents takes once. */
  public double startSeconds() {
    return START_SECONDS + spec.mostDevices() * START_SECONDS_PER_AGENT;
  }

  private static Object subject(Configuration c) {
    return List.of(c.boards(), c.network());
  }

  private double seconds(Trial trial) {
    return trialSeconds.computeIfAbsent(trial.configuration(), this::estimate);
  }

  private double estimate(Configuration c) {
    ModelGraph graph = networks.open(c.network()).graph();
    double local = localSeconds(c);
    double remote =
        c.devices() > 1
            ? local
                + 8.0
                    * c.method().precision().expectedBytes(graph.input().elements())
                    / rate(c.boards(), 1)
            : 0;
    int repeats = spec.procedure().warmup() + spec.procedure().repeats();
    int frames = repeats * c.batch().frames();
    double cool = spec.procedure().coolDownMillis() / 1e3;
    OptionalDouble plan = planSeconds(c, graph);
    if (plan.isEmpty() && c.boards().memoryMegabytes() > 0) {
      return DEPLOY_SECONDS + cool; // it is found at once that nothing fits
    }
    return DEPLOY_SECONDS + cool + frames * (local + remote + plan.orElse(local)) + local;
  }

  private double localSeconds(Configuration c) {
    ModelGraph graph = networks.open(c.network()).graph();
    return OperatorCost.flops(graph) / flopsPerSecond(c.boards(), 0);
  }

  private double flopsPerSecond(Boards boards, int device) {
    return speed.flopsPerSecond() * boards.cpuShares().of(device);
  }

  private static double rate(Boards boards, int device) {
    return boards.linked() ? boards.linkMbps().of(device) * 1e6 : ASSUMED_BITS_PER_SECOND;
  }

  private Board board(Boards boards, int device) {
    return new Board(
        "board-" + device,
        flopsPerSecond(boards, device),
        Double.POSITIVE_INFINITY,
        Math.round(boards.memoryMegabytes() * 1e6),
        0,
        rate(boards, device));
  }

  private OptionalDouble planSeconds(Configuration c, ModelGraph graph) {
    Method standIn = c.method().with(STAND_IN, c.method().fusion()).with(Overlap.OFF);
    Boards boards = c.boards();
    ClusterProfile profile =
        RooflineProfile.of(
            graph,
            IntStream.range(0, c.devices()).mapToObj(device -> board(boards, device)).toList(),
            new LinkEstimate(Math.round(2e6 * boards.linkDelayMillis()), Double.POSITIVE_INFINITY));
    try {
      return OptionalDouble.of(
          planner.plan(new PlanRequest(graph, profile, HEAD, standIn)).prediction().latencyNanos()
              / 1e9);
    } catch (InfeasiblePlanException e) {
      return OptionalDouble.empty();
    }
  }
}
