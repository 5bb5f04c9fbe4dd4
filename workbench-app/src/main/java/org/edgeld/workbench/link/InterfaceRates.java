package org.edgeld.workbench.link;

import java.util.Arrays;

/**
 * How much passes between devices, in bits per second. Each device has an outgoing and an incoming
 * interface. A slice that is alone passes at the rate of its pair of devices, which takes a share
 * of both interfaces: a fast one has room for several slow pairs at a time. An interface carries at
 * least what each of its pairs does. Immutable.
 */
public final class InterfaceRates {
  /** Faster is as fast as this: an exabit a second. */
  private static final double MOST_BITS_PER_SECOND = 1e18;

  private final int devices;

  /** Of {@code from·devices + to}. */
  private final double[] pairs;

  private final double[] outgoing;
  private final double[] incoming;
  private final double[] mostIncoming;
  private final double[] outgoingShare;
  private final double[] incomingShare;

  /**
   * @param pairs per sender and receiver, positive; of a device with itself anything
   * @param outgoing per device; 0 if it is not known, which counts as the fastest of its pairs
   * @param incoming the same
   */
  public InterfaceRates(double[][] pairs, double[] outgoing, double[] incoming) {
    this.devices = pairs.length;
    this.pairs = new double[devices * devices];
    this.outgoing = capped(outgoing);
    this.incoming = capped(incoming);
    this.mostIncoming = new double[devices];
    for (int from = 0; from < devices; from++) {
      for (int to = 0; to < devices; to++) {
        double rate = Math.min(MOST_BITS_PER_SECOND, pairs[from][to]);
        this.pairs[from * devices + to] = rate;
        if (from != to) {
          this.outgoing[from] = Math.max(this.outgoing[from], rate);
          this.incoming[to] = Math.max(this.incoming[to], rate);
          mostIncoming[to] += rate;
        }
      }
    }
    for (int to = 0; to < devices; to++) {
      if (incoming[to] > 0) {
        mostIncoming[to] = Math.min(mostIncoming[to], this.incoming[to]);
      }
    }
    this.outgoingShare = new double[devices * devices];
    this.incomingShare = new double[devices * devices];
    for (int pair = 0; pair < devices * devices; pair++) {
      int from = pair / devices;
      int to = pair % devices;
      outgoingShare[pair] = from == to ? 1 : this.pairs[pair] / this.outgoing[from];
      incomingShare[pair] = from == to ? 1 : this.pairs[pair] / this.incoming[to];
    }
  }

  private static double[] capped(double[] rates) {
    return Arrays.stream(rates).map(rate -> Math.min(MOST_BITS_PER_SECOND, rate)).toArray();
  }

  /** Returns the rates of devices whose pairs and interfaces are all equally fast. */
  public static InterfaceRates equal(int devices) {
    double[][] pairs = new double[devices][devices];
    for (double[] row : pairs) {
      Arrays.fill(row, 1);
    }
    return new InterfaceRates(pairs, new double[devices], new double[devices]);
  }

  /** Returns how many devices there are. */
  public int devices() {
    return devices;
  }

  /** Returns the rate of a slice that is alone. */
  public double pair(int from, int to) {
    return pairs[from * devices + to];
  }

  /** Returns what leaves a device at most. */
  public double outgoing(int device) {
    return outgoing[device];
  }

  /** Returns what reaches a device at most. */
  public double incoming(int device) {
    return incoming[device];
  }

  /** Returns which part of its sender's interface a slice takes that is alone, above 0 to 1. */
  public double outgoingShare(int from, int to) {
    return outgoingShare[from * devices + to];
  }

  /** Returns which part of its receiver's interface a slice takes that is alone, above 0 to 1. */
  public double incomingShare(int from, int to) {
    return incomingShare[from * devices + to];
  }

  /**
   * Returns which part of its receiver's interface a slice takes at least, for lower bounds: where
   * the interface is not known, it may carry all its pairs at a time, but never more.
   */
  public double leastIncomingShare(int from, int to) {
    return from == to ? 1 : pair(from, to) / mostIncoming[to];
  }

  /** Returns the rates with the interfaces of one device faster, and the pairs that they limit. */
  public InterfaceRates faster(int device, double factor) {
    double[] out = outgoing.clone();
    double[] in = incoming.clone();
    out[device] *= factor;
    in[device] *= factor;
    double[][] faster = new double[devices][devices];
    for (int from = 0; from < devices; from++) {
      for (int to = 0; to < devices; to++) {
        boolean own = from != to && (from == device || to == device);
        faster[from][to] =
            own ? Math.min(factor * pair(from, to), Math.min(out[from], in[to])) : pair(from, to);
      }
    }
    return new InterfaceRates(faster, out, in);
  }

  /** Returns the rates with one more device, which sends to one as fast as that receives. */
  public InterfaceRates withSource(int receiver) {
    int more = devices + 1;
    double[][] all = new double[more][more];
    for (int from = 0; from < more; from++) {
      // nothing is sent to the source, nor by it to others
      Arrays.fill(all[from], Double.MIN_NORMAL);
      if (from < devices) {
        System.arraycopy(pairs, from * devices, all[from], 0, devices);
      }
    }
    all[devices][receiver] = incoming[receiver];
    return new InterfaceRates(all, Arrays.copyOf(outgoing, more), Arrays.copyOf(incoming, more));
  }
}
