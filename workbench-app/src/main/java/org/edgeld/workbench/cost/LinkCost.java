package org.edgeld.workbench.cost;

import org.edgeld.program.DeviceId;
import org.edgeld.workbench.profile.ClusterProfile;

/** The part of every cost model that concerns links: {@code α + m + 8n/B} as measured. */
abstract class LinkCost implements CostModel {
  private final ClusterProfile profile;

  LinkCost(ClusterProfile profile) {
    this.profile = profile;
  }

  @Override
  public double transmissionNanos(DeviceId from, DeviceId to, long bytes) {
    return from.equals(to) ? 0 : profile.link(from, to).transmissionNanos(bytes);
  }

  @Override
  public double delayNanos(DeviceId from, DeviceId to) {
    return from.equals(to) ? 0 : profile.link(from, to).delayNanos();
  }
}
