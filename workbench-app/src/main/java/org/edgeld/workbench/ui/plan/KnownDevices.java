package org.edgeld.workbench.ui.plan;

import org.edgeld.workbench.profile.ClusterProfile;

/**
 * What is known of the devices that are planned for.
 *
 * @param profile devices and links
 * @param estimated whether nobody measured them or typed them in
 * @param example whether they are imagined because no agent is known
 */
public record KnownDevices(ClusterProfile profile, boolean estimated, boolean example) {
  /** Returns what figures that rest on it are called. */
  String basis() {
    return estimated ? "estimated" : "predicted";
  }
}
