package org.edgeld.workbench.explain;

import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.PlanRequest;

/** How sentences name devices. */
final class DeviceWords {
  private DeviceWords() {}

  /** Returns letter and name, such as {@code B pi4-2}. */
  static String name(PlanRequest request, DeviceId device) {
    return device.letter() + " " + request.profile().device(device).info().name();
  }
}
