package org.edgeld.workbench.plan;

import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.trace.Trace;

/**
 * A plan with all that follows from it.
 *
 * @param request what was asked for
 * @param plan who computes what
 * @param programs the compiled plan, checked
 * @param prediction simulated trace of one frame
 * @param memoryBytes per device, weights plus the largest set of live tensors
 * @param frameBytes per device, what each further frame in flight takes: tensors that slices come
 *     for, and the largest set of others held between two steps
 * @param nanosPerFrame predicted time per frame of an endless stream with enough frames in flight:
 *     how long the busiest processor or interface works on one
 * @param lowerBoundNanos latency that no plan of the request beats under the same cost model
 */
public record PlannedRun(
    PlanRequest request,
    Plan plan,
    ProgramSet programs,
    Trace prediction,
    List<Long> memoryBytes,
    List<Long> frameBytes,
    double nanosPerFrame,
    double lowerBoundNanos) {
  private static final double NANOS_PER_SECOND = 1e9;

  public PlannedRun {
    memoryBytes = List.copyOf(memoryBytes);
    frameBytes = List.copyOf(frameBytes);
  }

  /** Returns what each device needs with some frames in flight, at least 1. */
  public List<Long> memoryBytes(int inFlight) {
    return IntStream.range(0, memoryBytes.size())
        .mapToObj(i -> memoryBytes.get(i) + (inFlight - 1) * frameBytes.get(i))
        .toList();
  }

  /**
   * Returns the predicted time per frame with some in flight: what the busiest resource takes for
   * one, and no less than the latency of a frame over their number (Little 1961).
   */
  public double nanosPerFrame(int inFlight) {
    return Math.max(1, Math.max(nanosPerFrame, (double) prediction.latencyNanos() / inFlight));
  }

  /** Returns the predicted throughput of an endless stream with some frames in flight. */
  public double framesPerSecond(int inFlight) {
    return NANOS_PER_SECOND / nanosPerFrame(inFlight);
  }

  /**
   * Returns the predicted time of a batch: the first frame takes its latency, and the others come
   * out behind it at the pace of {@link #nanosPerFrame(int)}. So it counts that pipelines fill.
   *
   * @param frames in the batch, at least 1
   * @param inFlight how many of them at one time, at least 1
   */
  public double batchNanos(int frames, int inFlight) {
    return prediction.latencyNanos() + (frames - 1) * nanosPerFrame(inFlight);
  }

  /** Returns by which share of the lower bound the prediction exceeds it, at least 0. */
  public double gap() {
    return Math.max(0, prediction.latencyNanos() / Math.max(1, lowerBoundNanos) - 1);
  }
}
