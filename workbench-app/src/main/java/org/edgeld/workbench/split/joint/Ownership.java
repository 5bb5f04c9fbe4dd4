package org.edgeld.workbench.split.joint;

import java.util.Arrays;
import java.util.List;
import org.edgeld.geometry.Range;
import org.edgeld.model.Axis;

/**
 * How a tensor is divided along one axis: device {@code k} owns the indices between the rounded
 * fractions {@code ends[k − 1]} and {@code ends[k]} of it. As fractions it fits tensors of any
 * extent, so a pool does not move what it halves. Immutable; the search compares ownerships
 * millions of times, so the hash code is kept.
 */
final class Ownership {
  private static final double WHOLE = 1;

  private final Axis axis;
  private final double[] ends;
  private final int hash;

  /** Takes over cumulative shares in the order of devices, ascending from 0 to 1. */
  private Ownership(Axis axis, double[] ends) {
    this.axis = axis;
    this.ends = ends;
    this.hash = 31 * Arrays.hashCode(ends) + axis.ordinal();
  }

  /** Returns the ownership of one device alone. */
  static Ownership sole(int device, int devices) {
    double[] weights = new double[devices];
    weights[device] = 1;
    return proportional(Axis.ROWS, weights);
  }

  /**
   * Returns shares in proportion to weights.
   *
   * @param weights one per device, not negative, at least one positive
   */
  static Ownership proportional(Axis axis, double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double[] ends = new double[weights.length];
    double end = 0;
    for (int i = 0; i < weights.length; i++) {
      end += weights[i] / sum;
      ends[i] = end;
    }
    close(ends);
    return new Ownership(axis, ends);
  }

  /** Everything behind the last device with a share ends at exactly 1. */
  private static void close(double[] ends) {
    double last = ends[ends.length - 1];
    for (int i = ends.length - 1; i >= 0 && ends[i] >= last - 1e-12; i--) {
      ends[i] = WHOLE;
    }
  }

  /** Returns along which axis it divides. */
  Axis axis() {
    return axis;
  }

  int devices() {
    return ends.length;
  }

  /** Returns a device's share, between 0 and 1. */
  double share(int device) {
    return ends[device] - (device == 0 ? 0 : ends[device - 1]);
  }

  /** Returns this, and if one device owns everything, the same along the other axis. */
  List<Ownership> readings() {
    for (int device = 0; device < devices(); device++) {
      if (share(device) == WHOLE) {
        return List.of(new Ownership(Axis.ROWS, ends), new Ownership(Axis.CHANNELS, ends));
      }
    }
    return List.of(this);
  }

  /** Returns the indices that a device owns of an extent. */
  Range range(int device, int extent) {
    int start = device == 0 ? 0 : boundary(device - 1, extent);
    return new Range(start, boundary(device, extent));
  }

  private int boundary(int device, int extent) {
    return (int) Math.round(ends[device] * extent);
  }

  /** Returns the shares with part of one device's given to another; at most what it has. */
  Ownership shifted(int from, int to, double amount) {
    double[] shares = new double[devices()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = share(i);
    }
    double moved = Math.min(amount, shares[from]);
    shares[from] -= moved;
    shares[to] += moved;
    return proportional(axis, shares);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Ownership ownership
            && hash == ownership.hash
            && axis == ownership.axis
            && Arrays.equals(ends, ownership.ends));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
