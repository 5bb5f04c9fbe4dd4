package org.edgeld.workbench.cost;

import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.link.InterfaceRates;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.InterfaceEstimate;
import org.edgeld.workbench.profile.LinkEstimate;

/**
 * The part of every cost model that concerns links: {@code α + m + 8n/B} as measured, with the
 * bytes {@code n} that travel. Writing and reading them in another precision is not counted.
 */
abstract class LinkCost implements CostModel {
  // plain numbers: planning asks millions of times
  private final int devices;
  private final Precision precision;
  private final double[] messageNanos;
  private final double[] bitsPerSecond;
  private final double[] delayNanos;
  private final InterfaceRates interfaces;

  LinkCost(ClusterProfile profile, Precision precision) {
    this.devices = profile.size();
    this.precision = precision;
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
    this.interfaces = interfaces(profile);
  }

  private static InterfaceRates interfaces(ClusterProfile profile) {
    return new InterfaceRates(
        profile.links().stream()
            .map(row -> row.stream().mapToDouble(LinkEstimate::bitsPerSecond).toArray())
            .toArray(double[][]::new),
        profile.interfaces().stream()
            .mapToDouble(InterfaceEstimate::outgoingBitsPerSecond)
            .toArray(),
        profile.interfaces().stream()
            .mapToDouble(InterfaceEstimate::incomingBitsPerSecond)
            .toArray());
  }

  @Override
  public InterfaceRates interfaces() {
    return interfaces;
  }

  @Override
  public double transmissionNanos(DeviceId from, DeviceId to, long bytes) {
    int link = from.index() * devices + to.index();
    if (bytes == 0) {
      return 0;
    }
    long travelling = precision.expectedBytes(bytes / TensorShape.ELEMENT_BYTES);
    return messageNanos[link] + travelling * 8e9 / bitsPerSecond[link];
  }

  @Override
  public double delayNanos(DeviceId from, DeviceId to) {
    return delayNanos[from.index() * devices + to.index()];
  }
}
