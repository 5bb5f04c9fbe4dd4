package org.edgeld.program;

import java.util.List;

/**
 * What one device does for every frame.
 *
 * @param device who runs it
 * @param steps in order
 */
public record DeviceProgram(DeviceId device, List<Step> steps) {
  public DeviceProgram {
    steps = List.copyOf(steps);
  }
}
