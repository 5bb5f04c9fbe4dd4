package org.edgeld.workbench.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.trace.Trace;

/**
 * Measures a plan and both baselines in one go: all three stay deployed and take turns in a seeded
 * random order, so that drift of the machines touches them alike.
 */
public final class DefaultRunner implements Runner {
  static final String PLAN = "plan";
  static final String LOCAL = "local";
  static final String REMOTE = "remote";

  private static final double NOTABLE_OVERCOMMITMENT = 0.02;

  private final SharedKey key;
  private final Planner planner;
  private final Clock clock;
  private final Supplier<Map<String, String>> environment;

  /**
   * @param key shared with the agents
   * @param planner plans the baselines
   * @param clock dates the results
   * @param environment describes this computer
   */
  public DefaultRunner(
      SharedKey key, Planner planner, Clock clock, Supplier<Map<String, String>> environment) {
    this.key = key;
    this.planner = planner;
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public Completed run(RunRequest request, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    try (AgentSessions sessions = AgentSessions.open(request.agents(), key, monitor)) {
      return new Measurement(request, sessions, monitor).measure();
    } catch (ClusterException e) {
      throw new RunFailedException(e.getMessage(), e);
    }
  }

  /** One run under way. */
  private final class Measurement {
    private final RunRequest request;
    private final AgentSessions sessions;
    private final JobMonitor monitor;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, ActiveRun> active = new LinkedHashMap<>();
    private final Map<String, List<Double>> latencies = new HashMap<>();
    private final List<RunResult.FrameSample> samples = new ArrayList<>();
    private final List<ActiveRun.Frame> planFrames = new ArrayList<>();
    private List<HostTensor> outputs = List.of();
    private int remoteDevice = -1;

    Measurement(RunRequest request, AgentSessions sessions, JobMonitor monitor) {
      this.request = request;
      this.sessions = sessions;
      this.monitor = monitor;
    }

    Completed measure() throws RunFailedException, JobCancelledException {
      Instant started = clock.instant();
      warnAboutTooManyShares();
      deploy(PLAN, request.planned());
      deployBaseline(LOCAL, "single");
      if (request.agents().size() > 1) {
        deployBaseline(REMOTE, "remote");
      }
      OutputCheck check = reference();
      Clocks before = Clocks.read(sessions.connections(), monitor);
      int total = (request.warmup() + request.repeats()) * active.size();
      int done = 0;
      Random order = new Random(request.seed());
      for (int repeat = -request.warmup(); repeat < request.repeats(); repeat++) {
        List<ActiveRun> turns = new ArrayList<>(active.values());
        Collections.shuffle(turns, order);
        for (ActiveRun turn : turns) {
          monitor.progress(progress(repeat, turn), (double) done++ / total);
          ActiveRun.Frame frame = turn.frame(request.input(), monitor);
          if (repeat >= 0) {
            record(turn.configuration(), repeat, frame, check);
          }
        }
      }
      Clocks after = Clocks.read(sessions.connections(), monitor);
      active.values().forEach(ActiveRun::close);
      return completed(started, check, before, after);
    }

    private String progress(int repeat, ActiveRun turn) {
      String what =
          switch (turn.configuration()) {
            case LOCAL -> "the undivided network on the head";
            case REMOTE -> "the undivided network on one remote device";
            default -> "the plan";
          };
      return repeat < 0
          ? "Warming up " + what
          : "Measuring %s, frame %d of %d".formatted(what, repeat + 1, request.repeats());
    }

    private void deploy(String configuration, PlannedRun planned)
        throws RunFailedException, JobCancelledException {
      ActiveRun run = new ActiveRun(configuration, planned.programs(), sessions);
      try {
        run.deploy(request.model(), monitor);
      } catch (RunFailedException e) {
        run.close();
        throw e;
      }
      active.put(configuration, run);
    }

    /** A baseline that does not fit its device is left out, and the result says so. */
    private void deployBaseline(String configuration, String strategy)
        throws JobCancelledException {
      PlanRequest plan = request.planned().request();
      try {
        PlannedRun planned =
            planner.plan(
                new PlanRequest(
                    plan.graph(),
                    plan.profile(),
                    plan.head(),
                    plan.headRole(),
                    strategy,
                    plan.fusion(),
                    false,
                    plan.routing()));
        deploy(configuration, planned);
        if (configuration.equals(REMOTE)) {
          Stage stage = planned.plan().stages().get(0);
          remoteDevice = stage.soleDevice().map(DeviceId::index).orElse(-1);
        }
      } catch (InfeasiblePlanException | RunFailedException e) {
        warnings.add(
            "The baseline \"%s\" was left out: %s".formatted(configuration, e.getMessage()));
      }
    }

    /** Runs the undivided network once, on the head or, if it does not fit there, remotely. */
    private OutputCheck reference() throws RunFailedException, JobCancelledException {
      ActiveRun undivided = active.getOrDefault(LOCAL, active.get(REMOTE));
      if (undivided == null) {
        throw new RunFailedException(
            "No device can run the undivided network, so the output cannot be checked. "
                + String.join(" ", warnings));
      }
      monitor.progress("Running the undivided network once to compare with", 0);
      return new OutputCheck(undivided.frame(request.input(), monitor).outputs());
    }

    private void record(
        String configuration, int repeat, ActiveRun.Frame frame, OutputCheck check) {
      double millis = frame.latencyNanos() / 1e6;
      latencies.computeIfAbsent(configuration, c -> new ArrayList<>()).add(millis);
      samples.add(
          new RunResult.FrameSample(
              configuration,
              repeat,
              millis,
              check.maxAbsError(frame.outputs()),
              frame.overcommittedNanos() / 1e6));
      if (configuration.equals(PLAN)) {
        // all outputs were compared; keeping one is enough, and many large ones would fill the
        // memory
        outputs = frame.outputs();
        planFrames.add(new ActiveRun.Frame(frame.done(), List.of(), frame.reports()));
      }
    }

    private Completed completed(Instant started, OutputCheck check, Clocks before, Clocks after) {
      Estimate latency = Estimate.of(latencies.get(PLAN));
      ProgramSet programs = request.planned().programs();
      ActiveRun.Frame median = nearest(latency.median());
      Trace trace = MeasuredTrace.of(median, programs, active.get(PLAN).devices(), before, after);
      warnAboutOvercommitment();
      warnIfAloneIsFaster(latency);
      double worst =
          samples.stream()
              .filter(sample -> sample.configuration().equals(PLAN))
              .mapToDouble(RunResult.FrameSample::maxAbsError)
              .max()
              .orElse(0);
      if (!check.explains(worst)) {
        warnings.add(
            "The output differs from the undivided network's by %.3g at a scale of %.3g. Maybe a device computes wrongly: do not use these figures."
                .formatted(worst, check.scale()));
      }
      RunResult result =
          new RunResult(
              started,
              request.model().id(),
              request.planned(),
              sessions.connections().stream().map(AgentConnection::info).toList(),
              latency,
              Optional.ofNullable(latencies.get(LOCAL)).map(Estimate::of),
              Optional.ofNullable(latencies.get(REMOTE)).map(Estimate::of),
              remoteDevice,
              programs.bytesMoved(),
              worst,
              check.scale(),
              OutputCheck.top5(request.model(), outputs),
              trace,
              samples,
              settings(),
              warnings);
      return new Completed(result, outputs);
    }

    private Map<String, String> settings() {
      Map<String, String> settings = new LinkedHashMap<>(environment.get());
      settings.put("warmup", String.valueOf(request.warmup()));
      settings.put("repeats", String.valueOf(request.repeats()));
      settings.put("seed", String.valueOf(request.seed()));
      return settings;
    }

    private ActiveRun.Frame nearest(double medianMillis) {
      return planFrames.stream()
          .min(
              Comparator.comparingDouble(
                  frame -> Math.abs(frame.latencyNanos() / 1e6 - medianMillis)))
          .orElseThrow();
    }

    private void warnIfAloneIsFaster(Estimate latency) {
      List<Double> local = latencies.get(LOCAL);
      if (local != null && Estimate.of(local).high() < latency.low()) {
        String head = sessions.connections().get(request.planned().plan().head().index()).name();
        warnings.add(
            "Do not distribute: %s alone takes %.4g ms, this plan %.4g ms. Maybe another strategy or faster links help."
                .formatted(head, Estimate.of(local).median(), latency.median()));
      }
    }

    /** Agents on this computer share its cores; what they ask for together must fit. */
    private void warnAboutTooManyShares() {
      double shares = 0;
      int here = 0;
      for (int i = 0; i < request.agents().size(); i++) {
        if (request.agents().get(i).address().isLoopback()) {
          AgentInfo info = sessions.connections().get(i).info();
          shares += info.emulation().cpuShare() * info.threads();
          here++;
        }
      }
      int cores = Runtime.getRuntime().availableProcessors();
      if (shares > cores) {
        warnings.add(
            "%d agents on this computer ask for %.1f cores of %d, so they slow each other down. Maybe use --cpu-share %.2f or less."
                .formatted(here, shares, cores, Math.floor(100.0 * cores / here) / 100));
      }
    }

    /** Emulated devices that did not get their share make figures too slow; the result says so. */
    private void warnAboutOvercommitment() {
      long notable =
          samples.stream()
              .filter(
                  sample ->
                      sample.overcommittedMillis()
                          > NOTABLE_OVERCOMMITMENT * sample.latencyMillis())
              .count();
      if (notable > 0) {
        warnings.add(
            ("In %d of %d frames this computer was too busy to keep an emulated CPU share. "
                    + "Maybe use a smaller --cpu-share or fewer agents.")
                .formatted(notable, samples.size()));
      }
    }
  }
}
