package org.edgeld.workbench.run;

import java.util.Optional;

/**
 * How long the batches of a run took, by the head's clock: from the first input being there to the
 * last output being there. Of a batch of one frame that is its latency.
 *
 * @param batch what a repeat consists of
 * @param plan batch time of the plan in milliseconds, over the repeats
 * @param local of the undivided network on the head; empty if it does not fit there
 * @param remote of the undivided network on one remote device; empty with a single device
 * @param predictedMillis batch time that the planner expects of the plan
 */
public record BatchTimes(
    Batch batch,
    Estimate plan,
    Optional<Estimate> local,
    Optional<Estimate> remote,
    double predictedMillis) {
  private static final double MILLIS_PER_SECOND = 1000;

  /**
   * Frames per second.
   *
   * @param median of the repeats
   * @param low lower end of the 95 % interval of the median
   * @param high upper end of it
   */
  public record Throughput(double median, double low, double high) {}

  /** Returns the throughput of the plan. */
  public Throughput throughput() {
    return throughput(plan);
  }

  /** Returns the throughput that batch times mean: frames over median and interval. */
  public Throughput throughput(Estimate times) {
    return new Throughput(
        framesPerSecond(times.median()),
        framesPerSecond(times.high()),
        framesPerSecond(times.low()));
  }

  /** Returns the throughput that the planner expects of the plan's batches. */
  public double predictedFramesPerSecond() {
    return framesPerSecond(predictedMillis);
  }

  /** Returns the throughput of one batch: its frames over its time. */
  public double framesPerSecond(double batchMillis) {
    return MILLIS_PER_SECOND * batch.frames() / batchMillis;
  }

  /** Returns how many times faster the plan is than a baseline, by their medians. */
  public double speedup(Estimate baseline) {
    return baseline.median() / plan.median();
  }
}
