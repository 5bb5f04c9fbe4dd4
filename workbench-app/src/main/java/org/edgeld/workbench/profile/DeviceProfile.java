package org.edgeld.workbench.profile;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.message.AgentInfo;

/**
 * What was measured of one device for one model.
 *
 * @param info the agent
 * @param layers per layer of the model
 * @param overhead of its compute steps, which comes beside the time of their layers
 * @param regression EdgeLD's fit
 * @param tiles compute steps of plans that were measured as a whole, none twice
 */
public record DeviceProfile(
    AgentInfo info,
    List<LayerTimes> layers,
    StepOverhead overhead,
    Regression regression,
    List<TileTime> tiles) {
  public DeviceProfile {
    layers = List.copyOf(layers);
    tiles = List.copyOf(tiles);
  }

  /** Creates a profile of layers alone. */
  public DeviceProfile(
      AgentInfo info, List<LayerTimes> layers, StepOverhead overhead, Regression regression) {
    this(info, layers, overhead, regression, List.of());
  }

  /** Returns the same profile with further steps measured as a whole. */
  public DeviceProfile with(List<TileTime> more) {
    List<TileTime> all = new ArrayList<>(tiles);
    all.addAll(more);
    return new DeviceProfile(info, layers, overhead, regression, all);
  }

  /**
   * Returns the memory that a plan may use, in bytes: the emulated one, or else the device's own; 0
   * if it did not say how much it has.
   */
  public long memoryBytes() {
    long emulated = info.emulation().memoryBytes();
    return emulated > 0 ? emulated : info.memoryBytes();
  }

  /** Returns the sum of all whole layers. */
  public long wholeModelNanos() {
    return layers.stream().mapToLong(LayerTimes::wholeNanos).sum();
  }
}
