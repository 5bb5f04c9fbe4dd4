package org.edgeld.workbench.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.edgeld.model.Model;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.compare.Contender;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profile.Refiner;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.PlanMeter;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.simulate.Simulator;

/**
 * Starts one emulated cluster after the other, and on each profiles, plans and measures model after
 * model. What fails is reported and the rest goes on.
 */
public final class Validation {

  private final AgentDirectory directory;
  private final Profiler profiler;
  private final Refiner refiner;
  private final Planner planner;
  private final PlanMeter meter;

  public Validation(
      AgentDirectory directory,
      Profiler profiler,
      Refiner refiner,
      Planner planner,
      PlanMeter meter) {
    this.directory = directory;
    this.profiler = profiler;
    this.refiner = refiner;
    this.planner = planner;
    this.meter = meter;
  }

  /**
   * Validates.
   *
   * @param listener told of every trial as soon as it is measured
   * @throws JobCancelledException if the user stopped it; no local agent is left then
   */
  public ValidationReport run(
      ValidationRequest request, Consumer<Trial> listener, JobMonitor monitor)
      throws JobCancelledException {
    List<Trial> trials = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    List<LocalClusterSpec> clusters = request.clusters();
    int total = clusters.size() * request.subjects().size();
    for (int i = 0; i < clusters.size(); i++) {
      LocalClusterSpec spec = clusters.get(i);
      try {
        List<KnownAgent> agents = directory.startLocal(spec, monitor);
        for (int m = 0; m < request.subjects().size(); m++) {
          ValidationRequest.Subject subject = request.subjects().get(m);
          Model model = subject.model();
          Series series = new Series(request, spec, agents, subject, failures);
          JobMonitor part =
              new PartMonitor(
                  monitor, place(model, spec), i * request.subjects().size() + m, total);
          try {
            List<Trial> measured = series.measure(part);
            measured.forEach(listener);
            trials.addAll(measured);
          } catch (RunFailedException | ClusterException e) {
            failures.add("%s: %s".formatted(place(model, spec), e.getMessage()));
          }
        }
      } catch (ClusterException e) {
        failures.add(e.getMessage());
      } finally {
        directory.stopLocal();
      }
    }
    return new ValidationReport(trials, failures);
  }

  private static String place(Model model, LocalClusterSpec spec) {
    return "%s on %d devices at %.0f Mbit/s"
        .formatted(model.id(), spec.agents(), spec.emulation(0).linkBitsPerSecond() / 1e6);
  }

  /** One model on one cluster. */
  private final class Series {
    private final ValidationRequest request;
    private final LocalClusterSpec spec;
    private final List<KnownAgent> agents;
    private final Model model;
    private final HostTensor input;
    private final List<String> failures;
    private final List<Contender> contenders = new ArrayList<>();
    private final List<PlannedRun> plans = new ArrayList<>();

    Series(
        ValidationRequest request,
        LocalClusterSpec spec,
        List<KnownAgent> agents,
        ValidationRequest.Subject subject,
        List<String> failures) {
      this.request = request;
      this.spec = spec;
      this.agents = agents;
      this.model = subject.model();
      this.input = subject.input();
      this.failures = failures;
    }

    List<Trial> measure(JobMonitor monitor)
        throws RunFailedException, ClusterException, JobCancelledException {
      ClusterProfile profile = profiler.profile(model.graph(), agents, monitor);
      planAll(profile, monitor);
      for (int i = 0; i < request.refinements() && !plans.isEmpty(); i++) {
        List<ProgramSet> programs = plans.stream().map(PlannedRun::programs).toList();
        profile = refiner.refine(profile, programs, agents, monitor);
        if (i + 1 < request.refinements()) {
          planAll(profile, monitor);
        } else {
          predictAll(profile, monitor);
        }
      }
      if (plans.isEmpty()) {
        return List.of();
      }
      List<PlanMeter.Measured> figures =
          meter.measure(
              new PlanMeter.Request(
                  model, plans, agents, input, request.warmup(), request.repeats(), request.seed()),
              monitor);
      List<Trial> trials = new ArrayList<>();
      for (int i = 0; i < plans.size(); i++) {
        trials.add(trial(contenders.get(i), plans.get(i), figures.get(i)));
      }
      return trials;
    }

    private void planAll(ClusterProfile profile, JobMonitor monitor) throws JobCancelledException {
      contenders.clear();
      plans.clear();
      for (Contender contender : request.contenders()) {
        monitor.progress("Planning with " + contender.name(), -1);
        plan(contender, profile, monitor);
      }
    }

    /** Predicts the same plans anew. */
    private void predictAll(ClusterProfile profile, JobMonitor monitor)
        throws JobCancelledException, ClusterException {
      for (int i = 0; i < plans.size(); i++) {
        try {
          plans.set(
              i, planner.predict(wanted(contenders.get(i), profile), plans.get(i).plan(), monitor));
        } catch (InfeasiblePlanException e) {
          throw new ClusterException(e.getMessage(), e);
        }
      }
    }

    private PlanRequest wanted(Contender contender, ClusterProfile profile) {
      return contender.of(
          new PlanRequest(
              model.graph(),
              profile,
              new DeviceId(0),
              Method.of(contender.strategy()).with(request.precision())));
    }

    /** Of contenders with the same plan only the first is measured: it says all there is to say. */
    private void plan(Contender contender, ClusterProfile profile, JobMonitor monitor)
        throws JobCancelledException {
      try {
        List<PlanRequest> asked =
            request.contenders().stream().map(each -> wanted(each, profile)).toList();
        PlannedRun planned = planner.plan(wanted(contender, profile), asked, monitor);
        if (plans.stream().noneMatch(known -> known.programs().equals(planned.programs()))) {
          contenders.add(contender);
          plans.add(planned);
        }
      } catch (InfeasiblePlanException e) {
        failures.add("%s, %s: %s".formatted(place(model, spec), contender.name(), e.getMessage()));
      }
    }

    private Trial trial(Contender contender, PlannedRun planned, PlanMeter.Measured figures) {
      List<StepTimes> steps = StepTimes.of(planned.prediction(), figures.traces());
      ReplayedCost replayed =
          new ReplayedCost(
              new MeasuredCost(
                  model.graph(),
                  planned.request().profile(),
                  planned.request().method().precision()),
              planned.programs(),
              steps);
      return new Trial(
          model.id(),
          spec.agents(),
          spec.emulation(0).linkBitsPerSecond(),
          contender.name(),
          planned,
          figures,
          new Simulator().simulate(planned.programs(), replayed).latencyNanos(),
          steps);
    }
  }

  /** Shows where in the whole a part is. */
  private record PartMonitor(JobMonitor whole, String place, int index, int total)
      implements JobMonitor {
    @Override
    public void progress(String what, double fraction) {
      whole.progress(
          "%s: %s".formatted(place, what), (index + Math.max(0, fraction)) / Math.max(1, total));
    }

    @Override
    public boolean cancelled() {
      return whole.cancelled();
    }
  }
}
