package org.edgeld.workbench.split;

import java.util.Comparator;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.program.DeviceId;

/**
 * How long each device would compute everything that can be divided, without any transfer.
 *
 * @param nanos per device, at least 1
 */
record Strength(double[] nanos) {
  static Strength of(PlanContext context, List<Block> blocks) {
    double[] nanos = new double[context.devices()];
    for (Block block : blocks) {
      for (int device = 0; device < nanos.length && context.geometry().splits(block); device++) {
        nanos[device] += context.times().of(block).wholeNanos(device);
      }
    }
    for (int device = 0; device < nanos.length; device++) {
      nanos[device] = Math.max(1, nanos[device]);
    }
    return new Strength(nanos);
  }

  /** Returns devices, the fastest first. */
  List<DeviceId> strongestFirst(List<DeviceId> devices) {
    return devices.stream()
        .sorted(Comparator.comparingDouble((DeviceId device) -> nanos[device.index()]))
        .toList();
  }

  /** Returns one over the time of each of these devices, in their order. */
  double[] speeds(List<DeviceId> devices) {
    return devices.stream().mapToDouble(device -> 1 / nanos[device.index()]).toArray();
  }
}
