package org.edgeld.workbench.history;

import java.util.Optional;
import org.edgeld.workbench.run.BatchTimes;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.RunResult;

/**
 * What a run measured, in few figures with their raw samples.
 *
 * @param latency of the plan's frames
 * @param local latency of the undivided network on the head; empty if it does not fit there
 * @param remote the same of one remote device; empty with a single device
 * @param batches how long the batches took, which is what speedups compare
 * @param outputAgrees whether the output was the undivided network's but for rounding
 */
public record Times(
    Estimate latency,
    Optional<Estimate> local,
    Optional<Estimate> remote,
    BatchTimes batches,
    boolean outputAgrees) {
  /** Returns what a run measured. */
  static Times of(RunResult result) {
    return new Times(
        result.latency(),
        result.baselineLocal(),
        result.baselineRemote(),
        result.batches(),
        result.outputAgrees());
  }

  /** Returns how many times faster the plan was than the head alone, by the time of a batch. */
  public Optional<Double> speedupLocal() {
    return batches.local().map(batches::speedup);
  }

  /** Returns how many times faster the plan was than another run's, by the time of a batch. */
  public double speedupOver(Times other) {
    return other.batches.plan().median() / batches.plan().median();
  }

  /** Returns how many times faster the plan was than one remote device. */
  public Optional<Double> speedupRemote() {
    return batches.remote().map(batches::speedup);
  }
}
