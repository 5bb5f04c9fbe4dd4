package org.edgeld.workbench.cost;

import org.edgeld.program.DeviceId;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.LinkEstimate;

/** The part of every cost model that concerns links: {@code α + m + 8n/B} as measured. */
abstract class LinkCost implements CostModel {
  // plain numbers: planning asks millions of times
  private final int devices;
  private final double[] messageNanos;
  private final double[] bitsPerSecond;
  private final double[] delayNanos;

  LinkCost(ClusterProfile profile) {
    this.devices = profile.size();
    this.messageNanos = new double[devices * devices];
    this.bitsPerSecond = new double[devices * devices];
    this.delayNanos = new double[devices * devices];
    for (int from = 0; from < devices; from++) {
      for (int to = 0; to < devices; to++) {
        LinkEstimate link =
            from == to ? LinkEstimate.SELF : profile.link(new DeviceId(from), new DeviceId(to));
        messageNanos[from * devices + to] = link.messageNanos();
        bitsPerSecond[from * devices + to] = link.bitsPerSecond();
        delayNanos[from * devices + to] = link.delayNanos();
      }
    }
  }

  @Override
  public double transmissionNanos(DeviceId from, DeviceId to, long bytes) {
    int link = from.index() * devices + to.index();
    return bytes == 0 ? 0 : messageNanos[link] + bytes * 8e9 / bitsPerSecond[link];
  }

  @Override
  public double delayNanos(DeviceId from, DeviceId to) {
    return delayNanos[from.index() * devices + to.index()];
  }
}
