package org.edgeld.workbench.ui.plan;

import java.util.Optional;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * What is known of the devices that are planned for.
 *
 * @param profile devices and links
 * @param estimated whether nobody measured them or typed them in
 * @param example whether they are imagined because no agent is known
 * @param name of the profile, if it has one
 */
public record KnownDevices(
    ClusterProfile profile, boolean estimated, boolean example, Optional<String> name) {
  /** Returns what figures that rest on it are called. */
  String basis() {
    return estimated ? "estimated" : "predicted";
  }
}
