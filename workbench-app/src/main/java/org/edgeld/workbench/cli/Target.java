package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Optional;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * Devices to plan for.
 *
 * @param names of the devices, in the order of device ids
 * @param head who holds input and output
 * @param profile what is known of the devices
 */
record Target(List<String> names, DeviceId head, ClusterProfile profile) {
  Target {
    names = List.copyOf(names);
  }

  /** Returns the devices of a profile, by the names it has for them. */
  static Target of(ClusterProfile profile, Optional<String> head) throws BadInputException {
    List<String> names = profile.devices().stream().map(device -> device.info().name()).toList();
    return new Target(names, head(names, head), profile);
  }

  /** Returns the device of a name, the first if none is given. */
  static DeviceId head(List<String> names, Optional<String> name) throws BadInputException {
    if (name.isEmpty()) {
      return new DeviceId(0);
    }
    String head = Catalogue.choose("name of these agents", name.get(), names, known -> known);
    if (names.indexOf(head) != names.lastIndexOf(head)) {
      throw new BadInputException(
          "The head \"%s\" could be several of these agents. Maybe start them with different --name."
              .formatted(head));
    }
    return new DeviceId(names.indexOf(head));
  }
}
