package org.edgeld.workbench.profile;

import java.util.List;
import org.edgeld.program.DeviceId;

/**
 * Devices and links, measured for one model.
 *
 * @param devices in the order of {@link DeviceId#index}
 * @param links {@code links.get(u).get(v)} is the link from device u to device v
 */
public record ClusterProfile(List<DeviceProfile> devices, List<List<LinkEstimate>> links) {
  public ClusterProfile {
    devices = List.copyOf(devices);
    links = links.stream().map(List::copyOf).toList();
    int size = devices.size();
    if (links.size() != size || links.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException(
          "A cluster of %d devices needs a square table of links.".formatted(size));
    }
  }

  /** Returns the number of devices. */
  public int size() {
    return devices.size();
  }

  /** Returns a device's profile. */
  public DeviceProfile device(DeviceId id) {
    return devices.get(id.index());
  }

  /** Returns the link from one device to another. */
  public LinkEstimate link(DeviceId from, DeviceId to) {
    return links.get(from.index()).get(to.index());
  }
}
