package org.edgeld.workbench.ui.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.Model;
import org.edgeld.workbench.chart.PlanPicture;
import org.edgeld.workbench.explain.Explainer;
import org.edgeld.workbench.explain.Explanation;
import org.edgeld.workbench.explain.StageTimes;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.RooflineProfile;
import org.edgeld.workbench.refine.TimedSteps;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.RunResult;

/**
 * What the window shows: a plan with its prediction, and what was measured if it ran.
 *
 * @param model the network
 * @param picture the plan as data for pictures
 * @param predicted where the time goes by prediction
 * @param explanation why it takes as long, from the measured frame or else the predicted one
 * @param predictedRemoteNanos predicted latency on one remote device, with transfer; empty if there
 *     is none
 * @param estimated whether the profile behind it was estimated, not measured
 * @param example whether the devices are imagined because no agent is known
 * @param profileName name of the profile behind it, if it has one
 * @param run the run that measured it
 */
public record ShownPlan(
    Model model,
    PlanPicture picture,
    StageTimes predicted,
    Explanation explanation,
    Optional<Long> predictedRemoteNanos,
    boolean estimated,
    boolean example,
    Optional<String> profileName,
    Optional<MeasuredRun> run) {
  /**
   * A completed run.
   *
   * @param number of the run in the history; below 1 if it could not be kept
   * @param report what was measured and how it was asked for
   * @param times where the time went
   */
  public record MeasuredRun(int number, ReportedRun report, StageTimes times) {
    /** Returns what was measured. */
    public RunResult result() {
      return report.result();
    }
  }

  /**
   * Shows a plan that did not run.
   *
   * @param given whether it comes from a file, so that its strategy did not make it for these
   *     devices
   */
  static ShownPlan of(
      Model model,
      PlannedRun planned,
      Optional<Long> predictedRemoteNanos,
      KnownDevices known,
      boolean given) {
    return new ShownPlan(
        model,
        PlanPicture.of(planned),
        StageTimes.of(planned, planned.prediction()),
        given
            ? Explainer.given(planned, known.basis())
            : Explainer.predicted(planned, known.basis()),
        predictedRemoteNanos,
        known.estimated(),
        known.example(),
        known.name(),
        Optional.empty());
  }

  /**
   * Shows a run.
   *
   * @param explanation of its measured frame, as {@link #explain} gives it
   */
  public static ShownPlan of(Model model, int number, ReportedRun report, Explanation explanation) {
    RunResult result = report.result();
    PlannedRun planned = result.planned();
    return new ShownPlan(
        model,
        PlanPicture.of(planned),
        StageTimes.of(planned, planned.prediction()),
        explanation,
        Optional.empty(),
        false,
        false,
        Optional.empty(),
        Optional.of(new MeasuredRun(number, report, StageTimes.of(planned, result.medianTrace()))));
  }

  /** Explains a run; takes a while. */
  public static Explanation explain(ReportedRun report) {
    RunResult result = report.result();
    OptionalDouble local =
        result
            .baselineLocal()
            .map(baseline -> OptionalDouble.of(baseline.median() * 1e6))
            .orElseGet(OptionalDouble::empty);
    return Explainer.measured(result.planned(), result.medianTrace(), local);
  }

  /** Returns the plan. */
  public PlannedRun planned() {
    return picture.planned();
  }

  /** Returns the measured times, or the predicted ones while nothing ran. */
  public StageTimes times() {
    return run.map(MeasuredRun::times).orElse(predicted);
  }

  /** Returns the devices. */
  public List<AgentInfo> devices() {
    return planned().request().profile().devices().stream().map(DeviceProfile::info).toList();
  }

  /** Tells whether both are of the same model and input size, so that their times compare. */
  public boolean sameModel(ShownPlan other) {
    return picture.graph().equals(other.picture.graph());
  }

  /** Tells whether any device is emulated. */
  public boolean emulated() {
    return devices().stream().anyMatch(device -> device.emulation().active());
  }

  /** Returns where the figures come from, in plain words. */
  public String provenance() {
    if (run.isPresent()) {
      return "measured" + (emulated() ? ", emulated devices" : "");
    }
    if (example) {
      return "estimated, not measured: " + devices().size() + " equal devices imagined";
    }
    if (estimated) {
      return "estimated, not measured";
    }
    if (typedIn()) {
      return "typed in, not measured" + named();
    }
    TimedSteps steps = TimedSteps.of(planned());
    return steps.timed() == 0
        ? "predicted from the measured profile" + profileName.map(" "::concat).orElse("")
        : "predicted%s, %d of %d steps timed".formatted(named(), steps.timed(), steps.all());
  }

  private String named() {
    return profileName.map(" (%s)"::formatted).orElse("");
  }

  /** Tells whether the rates of any device are typed in, so that its layers were not measured. */
  public boolean typedIn() {
    return devices().stream().anyMatch(d -> d.processor().equals(RooflineProfile.TYPED_IN));
  }

  /** Tells whether the profile behind it was measured: neither estimated nor typed in. */
  public boolean measuredProfile() {
    return !estimated && !typedIn();
  }

  /** Returns what figures that did not run are called, in a word or few. */
  public String basis() {
    return estimated ? "estimated" : typedIn() ? "typed-in rates" : "predicted";
  }
}
