package org.edgeld.workbench.profile;

import java.util.List;
import org.edgeld.message.AgentInfo;

/**
 * What was measured of one device for one model.
 *
 * @param info the agent
 * @param layers per layer of the model
 * @param overhead of its compute steps, which comes beside the time of their layers
 * @param regression EdgeLD's fit
 */
public record DeviceProfile(
    AgentInfo info, List<LayerTimes> layers, StepOverhead overhead, Regression regression) {
  public DeviceProfile {
    layers = List.copyOf(layers);
  }

  /** Returns the sum of all whole layers. */
  public long wholeModelNanos() {
    return layers.stream().mapToLong(LayerTimes::wholeNanos).sum();
  }
}
