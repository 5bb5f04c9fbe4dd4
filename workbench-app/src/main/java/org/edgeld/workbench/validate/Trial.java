package org.edgeld.workbench.validate;

import java.util.List;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.run.PlanMeter;

/**
 * One plan, predicted and measured.
 *
 * @param model id of the model
 * @param devices size of the cluster
 * @param linkBitsPerSecond emulated rate of every device's link
 * @param contender what planned, as typed
 * @param planned the plan with its prediction
 * @param measured what was measured
 * @param replayedNanos what the simulator predicts if every compute step takes as long as measured:
 *     what is left of the error then lies in links and waiting
 * @param steps every step, predicted and measured
 */
public record Trial(
    String model,
    int devices,
    long linkBitsPerSecond,
    String contender,
    PlannedRun planned,
    PlanMeter.Measured measured,
    long replayedNanos,
    List<StepTimes> steps) {
  private static final double NANOS_PER_MILLI = 1e6;

  public Trial {
    steps = List.copyOf(steps);
  }

  /** Returns the predicted latency. */
  public double predictedMillis() {
    return planned.prediction().latencyNanos() / NANOS_PER_MILLI;
  }

  /** Returns the median of the measured latencies. */
  public double measuredMillis() {
    return measured.latency().median();
  }

  /** Returns {@code (predicted − measured)/measured}. */
  public double error() {
    return predictedMillis() / measuredMillis() - 1;
  }

  /** Returns the error that is left when compute steps take as long as measured. */
  public double replayedError() {
    return replayedNanos / NANOS_PER_MILLI / measuredMillis() - 1;
  }

  /** Tells whether both were measured beside each other. */
  boolean sameRun(Trial other) {
    return model.equals(other.model)
        && devices == other.devices
        && linkBitsPerSecond == other.linkBitsPerSecond;
  }
}
