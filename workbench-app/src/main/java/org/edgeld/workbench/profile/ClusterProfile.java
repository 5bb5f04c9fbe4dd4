package org.edgeld.workbench.profile;

import java.util.List;
import org.edgeld.program.DeviceId;

/**
 * Devices and links, measured for one model.
 *
 * @param devices in the order of {@link DeviceId#index}
 * @param links {@code links.get(u).get(v)} is the link from device u to device v
 * @param interfaces what each device sends or receives at one time over all its links together
 */
public record ClusterProfile(
    List<DeviceProfile> devices,
    List<List<LinkEstimate>> links,
    List<InterfaceEstimate> interfaces) {
  public ClusterProfile {
    devices = List.copyOf(devices);
    links = links.stream().map(List::copyOf).toList();
    interfaces = List.copyOf(interfaces);
    int size = devices.size();
    if (links.size() != size || links.stream().anyMatch(row -> row.size() != size)) {
      throw new IllegalArgumentException(
          "A cluster of %d devices needs a square table of links.".formatted(size));
    }
    if (interfaces.size() != size) {
      throw new IllegalArgumentException(
          "A cluster of %d devices needs as many interfaces, not %d."
              .formatted(size, interfaces.size()));
    }
  }

  /** Creates a profile with as much of the interfaces as the agents say themselves. */
  public ClusterProfile(List<DeviceProfile> devices, List<List<LinkEstimate>> links) {
    this(
        devices,
        links,
        devices.stream().map(device -> InterfaceEstimate.of(device.info())).toList());
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

  /** Returns the profile of other devices, or more of the same, on the same links. */
  public ClusterProfile with(List<DeviceProfile> others) {
    return new ClusterProfile(others, links, interfaces);
  }

  /** Returns the part of the profile that concerns some devices, in their order. */
  public ClusterProfile part(List<Integer> places) {
    return new ClusterProfile(
        places.stream().map(devices::get).toList(),
        places.stream()
            .map(from -> places.stream().map(to -> links.get(from).get(to)).toList())
            .toList(),
        places.stream().map(interfaces::get).toList());
  }
}
