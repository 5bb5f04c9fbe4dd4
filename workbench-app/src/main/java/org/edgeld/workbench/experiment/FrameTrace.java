package org.edgeld.workbench.experiment;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.trace.DeviceTotals;
import org.edgeld.workbench.trace.Trace;

/**
 * One frame of a trial, measured and predicted.
 *
 * @param devices names of the agents, in the order of device ids
 * @param measured the frame nearest the trial's median
 * @param predicted what the planner expected of a frame
 * @param names what the measured spans are, in their order, such as {@code conv1_1–conv1_2}
 */
public record FrameTrace(
    List<String> devices, Trace measured, Trace predicted, List<String> names) {
  public FrameTrace {
    devices = List.copyOf(devices);
    names = List.copyOf(names);
    if (names.size() != measured.spans().size()) {
      throw new IllegalArgumentException(
          "%d spans have %d names.".formatted(measured.spans().size(), names.size()));
    }
  }

  /** Returns how each device was expected to spend the frame. */
  public List<DeviceTimes> predictedTimes() {
    return times(devices, predicted);
  }

  /** Returns how each device spends a frame; the parts do not overlap. */
  static List<DeviceTimes> times(List<String> devices, Trace trace) {
    List<DeviceTimes> times = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      DeviceTotals totals = DeviceTotals.of(trace, new DeviceId(i));
      long sendNanos = totals.transferNanos() - totals.hiddenNanos();
      long restNanos = trace.latencyNanos() - totals.idleNanos() - totals.busyNanos() - sendNanos;
      times.add(
          new DeviceTimes(
              devices.get(i), totals.busyNanos() / 1e6, sendNanos / 1e6, restNanos / 1e6));
    }
    return List.copyOf(times);
  }
}
