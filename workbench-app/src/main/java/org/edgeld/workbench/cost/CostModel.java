package org.edgeld.workbench.cost;

import org.edgeld.geometry.BlockTile;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.link.InterfaceRates;

/** Predicts times of one model on one cluster, in nanoseconds. Thread-safe and cheap to ask. */
public interface CostModel {
  /** Returns how long a device computes a tile; 0 for a tile without rows. */
  double computeNanos(DeviceId device, BlockTile tile);

  /**
   * Returns the least time a device can take for its part of one layer's work, per unit of work: if
   * it computes a share {@code s} of the layer's output elements, it takes at least {@code s} times
   * this, however the part lies.
   */
  double leastNanosPerShare(DeviceId device, int layerIndex);

  /** Tells whether whole steps of some plan were timed, which the sum of their layers may miss. */
  default boolean knowsSteps() {
    return false;
  }

  /**
   * Returns how long a slice passes the interfaces of sender and receiver when it is alone: {@code
   * m + 8n/B}; 0 without bytes. A part of a slice takes at least that part of its time. Meanwhile
   * it takes that part of an interface that its pair's rate is of the interface's ({@link
   * #interfaces}).
   *
   * @param bytes of the slice as float32, however it travels
   */
  double transmissionNanos(DeviceId from, DeviceId to, long bytes);

  /** Returns what passes interfaces that several slices share at one time. */
  InterfaceRates interfaces();

  /** Returns how long the last byte is under way: half a round trip of an empty message. */
  double delayNanos(DeviceId from, DeviceId to);
}
