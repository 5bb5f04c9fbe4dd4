package org.edgeld.workbench.split.joint;

import java.util.stream.IntStream;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.profile.LinkEstimate;

/**
 * How much there is to compute and to send where slices travel from peer to peer, told by the
 * request alone, whatever a plan makes of it.
 *
 * @param computeNanos of all devices, had they divided the network's work so that all are done at
 *     once: {@code 1/Σ(1/t)} for devices that take {@code t} alone
 * @param sendNanos one row of every layer's output over the slowest device's link, each in a
 *     message of its own
 */
record ComputeAgainstLinks(double computeNanos, double sendNanos) {
  /** How many times longer computing takes than sending where it dominates. */
  static final double DOMINATES = 5;

  static ComputeAgainstLinks of(PlanRequest request) {
    ClusterProfile profile = request.profile();
    double rate =
        profile.devices().stream()
            .mapToDouble(
                device -> 1 / device.layers().stream().mapToDouble(LayerTimes::wholeNanos).sum())
            .sum();
    double slowest =
        IntStream.range(0, profile.size())
            .mapToDouble(device -> sendNanos(request, device))
            .max()
            .orElseThrow();
    return new ComputeAgainstLinks(1 / rate, slowest);
  }

  /** To the device that it reaches best. */
  private static double sendNanos(PlanRequest request, int device) {
    ClusterProfile profile = request.profile();
    return IntStream.range(0, profile.size())
        .filter(to -> to != device)
        .mapToObj(to -> profile.link(new DeviceId(device), new DeviceId(to)))
        .mapToDouble(link -> rowsNanos(request, link))
        .min()
        .orElse(0);
  }

  private static double rowsNanos(PlanRequest request, LinkEstimate link) {
    return request.graph().shapes().stream()
        .mapToDouble(shape -> link.transmissionNanos(rowBytes(shape)) + link.delayNanos())
        .sum();
  }

  private static long rowBytes(TensorShape shape) {
    return shape.bytes() / shape.height();
  }

  /**
   * Tells whether computing dominates: several devices, none short of memory, would compute several
   * times as long as it takes to send what strips need of their neighbours.
   */
  static boolean dominates(PlanRequest request) {
    ComputeAgainstLinks weights = of(request);
    return request.profile().size() > 1
        && request.method().routing() == Routing.PEER
        && request.profile().devices().stream().mapToLong(DeviceProfile::memoryBytes).sum() == 0
        && weights.computeNanos >= DOMINATES * weights.sendNanos;
  }
}
