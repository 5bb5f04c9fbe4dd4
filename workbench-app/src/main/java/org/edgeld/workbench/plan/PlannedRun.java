package org.edgeld.workbench.plan;

import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.link.InterfaceRates;
import org.edgeld.workbench.simulate.StreamForecast;
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
 * @param bounds what no plan of the request beats under the same cost model
 */
public record PlannedRun(
    PlanRequest request,
    Plan plan,
    ProgramSet programs,
    Trace prediction,
    List<Long> memoryBytes,
    List<Long> frameBytes,
    double nanosPerFrame,
    Bounds bounds) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double ROUNDING_NANOS = 1;

  public PlannedRun {
    memoryBytes = List.copyOf(memoryBytes);
    frameBytes = List.copyOf(frameBytes);
  }

  /** Returns the bytes that are expected to travel between devices for one frame. */
  public long bytesMoved() {
    return programs.bytesMoved(request.method().precision());
  }

  /** Returns what each device needs with some frames in flight, at least 1. */
  public List<Long> memoryBytes(int inFlight) {
    return IntStream.range(0, memoryBytes.size())
        .mapToObj(i -> memoryBytes.get(i) + (inFlight - 1) * frameBytes.get(i))
        .toList();
  }

  /**
   * Returns the predicted throughput of an endless stream with some frames in flight: they wait for
   * each other, so few of them do not keep the busiest resource busy.
   *
   * @param inFlight at least 1
   */
  public double framesPerSecond(int inFlight) {
    double nanos = Math.max(nanosPerFrame, forecast().nanosPerFrame(inFlight));
    return NANOS_PER_SECOND / Math.max(1, nanos);
  }

  /** Returns the predicted throughput of an endless stream with enough frames in flight. */
  public double framesPerSecond() {
    return NANOS_PER_SECOND / Math.max(1, nanosPerFrame);
  }

  /**
   * Returns the predicted time of a batch, simulated frame by frame.
   *
   * @param frames in the batch, at least 1
   * @param inFlight how many of them at one time, at least 1
   */
  public double batchNanos(int frames, int inFlight) {
    return frames == 1 ? prediction.latencyNanos() : forecast().batchNanos(frames, inFlight);
  }

  private StreamForecast forecast() {
    MeasuredCost cost =
        new MeasuredCost(plan.graph(), request.profile(), request.method().precision());
    return new StreamForecast(programs, cost, inputNanos(cost.interfaces()));
  }

  /** The workbench's link is not measured; it is taken to be as good as the head's interface. */
  private double inputNanos(InterfaceRates rates) {
    int head = plan.head().index();
    long bytes = plan.graph().input().bytes();
    return IntStream.range(0, plan.devices())
        .mapToObj(DeviceId::new)
        .filter(device -> !device.equals(plan.head()))
        .mapToDouble(
            device ->
                request.profile().link(device, plan.head()).transmissionNanos(bytes)
                    * rates.incomingShare(device.index(), head))
        .min()
        .orElse(0);
  }

  /**
   * Returns by which share of the lower bound the prediction exceeds it. It is negative only if the
   * bound is none, which would be a defect; a prediction is rounded to nanoseconds.
   */
  public double gap() {
    return gap(prediction.latencyNanos(), bounds.latencyNanos());
  }

  /** Returns by which share of the bound the time per frame of a stream exceeds it. */
  public double throughputGap() {
    return gap(nanosPerFrame, bounds.nanosPerFrame());
  }

  private static double gap(double nanos, double boundNanos) {
    double excessNanos = nanos - boundNanos;
    return Math.abs(excessNanos) <= ROUNDING_NANOS ? 0 : excessNanos / Math.max(1, boundNanos);
  }

  /** Returns the latency that no plan of the request beats. */
  public double lowerBoundNanos() {
    return bounds.latencyNanos();
  }

  /** Returns the throughput that no plan of the request exceeds, with any frames in flight. */
  public double mostFramesPerSecond() {
    return NANOS_PER_SECOND / Math.max(1, bounds.nanosPerFrame());
  }
}
