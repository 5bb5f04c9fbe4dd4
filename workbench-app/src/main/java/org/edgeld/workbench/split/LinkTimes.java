package org.edgeld.workbench.split;

import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;

/**
 * Predicted times of messages, by look-up: a part for the message, one for each of its bytes, and
 * how long it is under way.
 */
public final class LinkTimes {
  private static final long MANY_BYTES = 1 << 20;

  private final double[][] message;
  private final double[][] perByte;
  private final double[][] delay;

  LinkTimes(CostModel cost, int devices) {
    this.message = new double[devices][devices];
    this.perByte = new double[devices][devices];
    this.delay = new double[devices][devices];
    for (int from = 0; from < devices; from++) {
      for (int to = 0; to < devices; to++) {
        DeviceId sender = new DeviceId(from);
        DeviceId receiver = new DeviceId(to);
        double one = cost.transmissionNanos(sender, receiver, MANY_BYTES);
        double two = cost.transmissionNanos(sender, receiver, 2 * MANY_BYTES);
        perByte[from][to] = (two - one) / MANY_BYTES;
        message[from][to] = Math.max(0, 2 * one - two);
        delay[from][to] = cost.delayNanos(sender, receiver);
      }
    }
  }

  /** Returns how long a message occupies both interfaces, 0 without bytes. */
  public double nanos(int from, int to, long bytes) {
    return bytes == 0 ? 0 : message[from][to] + bytes * perByte[from][to];
  }

  /** Returns how long a message is under way. */
  public double delayNanos(int from, int to) {
    return delay[from][to];
  }
}
