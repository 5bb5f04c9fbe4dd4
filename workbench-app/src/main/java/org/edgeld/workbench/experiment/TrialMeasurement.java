package org.edgeld.workbench.experiment;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.model.Model;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.experiment.ConvolutionTimes.Timed;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Outcome;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.ConvolutionGrid;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.Runner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures single trials and makes an outcome of whatever happens, so that no trial ends a sweep.
 * Only a folder that cannot be written and the user's wish do.
 */
final class TrialMeasurement {
  /**
   * What agents' start and profile may take at least, beside the trial's own limit: they serve all
   * trials of the same boards.
   */
  static final int LEAST_PREPARATION_SECONDS = 600;

  private static final DeviceId HEAD = new DeviceId(0);

  /** A device has so many times the memory that the maps of a timed convolution take. */
  private static final int LEAST_MEMORY_FOR_MAPS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(TrialMeasurement.class);

  private final SweepServices services;
  private final SweepFolder folder;
  private final SweepSpec spec;
  private final SweepAgents agents;
  private final SweepProfiles profiles;
  private final SweepEnvironment environment;
  private final TrialTraces traces;
  private boolean convolutionsTried;

  TrialMeasurement(
      SweepServices services,
      SweepFolder folder,
      SweepSpec spec,
      SweepAgents agents,
      SweepEnvironment environment) {
    this.services = services;
    this.folder = folder;
    this.spec = spec;
    this.agents = agents;
    this.profiles = new SweepProfiles(folder.profiles(), services.profiler());
    this.environment = environment;
    this.traces = folder.traces();
  }

  /**
   * Measures a trial.
   *
   * @param limit begun here, once to prepare and once to measure
   * @param monitor of the whole sweep
   * @throws IOException if the folder cannot be written
   * @throws JobCancelledException if the user wants the sweep to stop
   */
  Outcome outcome(Trial trial, TimeLimit limit, JobMonitor monitor)
      throws IOException, JobCancelledException {
    Outcome outcome = caught(trial, limit, monitor);
    if (outcome instanceof Failed) {
      // agents that end with the workbench are no failure of theirs
      monitor.checkCancelled();
      if (limit.over()) {
        agents.close();
      } else {
        agents.examine();
      }
    }
    return outcome;
  }

  private Outcome caught(Trial trial, TimeLimit limit, JobMonitor monitor)
      throws IOException, JobCancelledException {
    String late = "Starting and profiling agents took longer than %d s. Maybe one of them hangs.";
    try {
      limit.begin(Math.max(spec.procedure().timeLimitSeconds(), LEAST_PREPARATION_SECONDS));
      Prepared prepared = prepare(trial.configuration(), limit);
      timeConvolutions(trial.configuration().boards(), prepared.agents().get(0), limit, monitor);
      late = "It took longer than the time limit of %d s. Maybe raise timeLimitSeconds.";
      limit.begin(spec.procedure().timeLimitSeconds());
      return measured(trial, prepared, limit);
    } catch (InfeasiblePlanException e) {
      return new Infeasible(e.getMessage());
    } catch (ClusterException | RunFailedException e) {
      return new Failed(e.getMessage());
    } catch (JobCancelledException e) {
      if (monitor.cancelled() || !limit.over()) {
        throw e;
      }
      return new Failed(late.formatted(limit.seconds()));
    } catch (RuntimeException
        | OutOfMemoryError
        | StackOverflowError
        | LinkageError
        | AssertionError e) {
      LOG.error("Trial {} ended unexpectedly", trial.id(), e);
      return new Failed(
          "Something unexpected went wrong (%s). Maybe measure it again with --retry-failed; the log has the details."
              .formatted(e));
    }
  }

  /**
   * What a trial needs before it begins.
   *
   * @param agents those that take part
   * @param profile theirs
   */
  private record Prepared(Model model, List<KnownAgent> agents, ClusterProfile profile) {}

  private Prepared prepare(Configuration c, TimeLimit limit)
      throws IOException, JobCancelledException, ClusterException {
    Model model = services.networks().open(c.network());
    int all = spec.clusterSize(c.boards());
    Optional<ClusterProfile> kept = profiles.kept(c.boards(), c.network(), model, c.devices(), all);
    List<KnownAgent> ready =
        kept.isPresent()
            ? agents.ready(c.boards(), c.devices(), limit)
            : agents.readyAndMore(c.boards(), c.devices(), all, limit);
    environment.saw(c.boards(), ready);
    ClusterProfile whole =
        kept.isPresent()
            ? kept.get()
            : profiles.measure(c.boards(), c.network(), model, ready, all, limit);
    List<KnownAgent> own = ready.subList(0, c.devices());
    return new Prepared(model, own, SweepProfiles.part(whole, own));
  }

  /** Times what the specification asks for, once: no trial needs it, so none fails of it. */
  private void timeConvolutions(
      Boards boards, KnownAgent agent, TimeLimit limit, JobMonitor monitor)
      throws IOException, JobCancelledException {
    Optional<ConvolutionGrid> grid = spec.convolutions();
    if (grid.isEmpty() || convolutionsTried || folderHas(grid.get())) {
      return;
    }
    convolutionsTried = true;
    int seconds = grid.get().seconds();
    limit.begin(seconds + Math.max(seconds, LEAST_PREPARATION_SECONDS));
    try {
      List<GridPoint> points = fitting(grid.get().points(), agent);
      List<Regression.Point> measured =
          services.profiler().convolutions(points, Duration.ofSeconds(seconds), agent, limit);
      List<Timed> times = new ArrayList<>();
      for (int i = 0; i < measured.size(); i++) {
        times.add(new Timed(points.get(i), measured.get(i).seconds()));
      }
      String name = agent.info().map(AgentInfo::name).orElseGet(() -> agent.address().toString());
      new ConvolutionTimes(grid.get(), name, boards.toString(), times).write(folder);
    } catch (ClusterException e) {
      LOG.warn("Convolutions cannot be timed: {}", e.getMessage());
    } catch (JobCancelledException e) {
      if (monitor.cancelled() || !limit.over()) {
        throw e;
      }
      LOG.warn("Convolutions took longer than {} s.", limit.seconds());
    } catch (RuntimeException e) {
      LOG.error("Timing convolutions ended unexpectedly", e);
    }
  }

  /** Leaves out what would fill a small board's memory; the smallest one always stays. */
  private static List<GridPoint> fitting(List<GridPoint> points, KnownAgent agent) {
    long memory = agent.info().map(AgentInfo::memoryBytes).filter(bytes -> bytes > 0).orElse(0L);
    long most = memory == 0 ? Long.MAX_VALUE : memory / LEAST_MEMORY_FOR_MAPS;
    List<GridPoint> fitting =
        points.stream()
            .filter(
                p ->
                    (long) Float.BYTES * p.size() * p.size() * (p.inChannels() + p.outChannels())
                        <= most)
            .toList();
    return fitting.isEmpty() ? points.subList(0, 1) : fitting;
  }

  private boolean folderHas(ConvolutionGrid grid) {
    return ConvolutionTimes.read(folder).filter(times -> times.grid().equals(grid)).isPresent();
  }

  private Outcome measured(Trial trial, Prepared prepared, TimeLimit limit)
      throws IOException, JobCancelledException, InfeasiblePlanException, RunFailedException {
    Configuration c = trial.configuration();
    PlanRequest request =
        new PlanRequest(prepared.model.graph(), prepared.profile, HEAD, c.method());
    PlannedRun planned = services.planner().plan(request, limit);
    SweepSpec.Procedure procedure = spec.procedure();
    Runner.Completed completed =
        services
            .runner()
            .run(
                new RunRequest(
                    prepared.model,
                    planned,
                    new ArrayList<>(prepared.agents),
                    SyntheticInput.noise(prepared.model, procedure.seed()),
                    procedure.warmup(),
                    procedure.repeats(),
                    procedure.seed(),
                    c.batch(),
                    orderSeed(trial)),
                limit);
    traces.write(trial, completed.result());
    return Measurements.of(completed.result());
  }

  /** Plan and baselines take turns in another order in each trial, but on the same inputs. */
  private long orderSeed(Trial trial) {
    return 31 * spec.procedure().seed() + trial.id().hashCode();
  }
}
