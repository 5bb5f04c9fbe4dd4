package org.edgeld.workbench.link;

/**
 * Estimates when slices are over that devices send each other at about one time: what passes an
 * interface shares it, as in the simulator ({@link SharedLinks}), but each interface is looked at
 * by itself. A slice is over when both its interfaces are done with it; that one of them cannot use
 * its share while the other is narrower is not counted. Takes about a microsecond for halos. Does
 * not allocate. Not thread-safe.
 */
public final class SharedExchange {
  /** Even what takes no time is a slice. */
  private static final double LEAST_NANOS = 1e-6;

  /** Shares that differ by less are equal. */
  private static final double SAME = 1e-9;

  private final InterfaceRates rates;
  private final int devices;

  /** Per pair of devices, how long its slices take alone, and when they are over. */
  private final double[] work;

  private final double[] end;

  // per device, with whom it exchanges
  private final int[] sends;
  private final int[] receives;
  private final int[] receivers;
  private final int[] senders;
  private final double[] start;

  private final SharedInterface line;

  /**
   * @param rates of the devices' interfaces
   */
  public SharedExchange(InterfaceRates rates) {
    this.rates = rates;
    this.devices = rates.devices();
    this.work = new double[devices * devices];
    this.end = new double[devices * devices];
    this.sends = new int[devices];
    this.receives = new int[devices];
    this.receivers = new int[devices * devices];
    this.senders = new int[devices * devices];
    this.start = new double[devices];
    this.line = new SharedInterface(devices);
  }

  /** Forgets all slices. */
  public void clear() {
    for (int from = 0; from < devices; from++) {
      for (int i = 0; i < sends[from]; i++) {
        work[from * devices + receivers[from * devices + i]] = 0;
      }
      sends[from] = 0;
      receives[from] = 0;
    }
  }

  /**
   * Adds a slice. Those of one pair count as one.
   *
   * @param nanos how long it takes alone
   */
  public void add(int from, int to, double nanos) {
    int pair = from * devices + to;
    if (work[pair] == 0) {
      receivers[from * devices + sends[from]++] = to;
      senders[to * devices + receives[to]++] = from;
    }
    work[pair] += Math.max(LEAST_NANOS, nanos);
  }

  /**
   * Works out when slices are over.
   *
   * @param now when each device sends
   * @param outgoing when each outgoing interface is free; afterwards, when it is done with the
   *     slices, as far as they fill it: others may pass a fast one together with slow ones
   * @param incoming the same of incoming interfaces
   */
  public void deliver(double[] now, double[] outgoing, double[] incoming) {
    for (int from = 0; from < devices; from++) {
      if (sends[from] > 0) {
        start[from] = Math.max(now[from], outgoing[from]);
        outgoing[from] = leave(from);
      }
    }
    for (int to = 0; to < devices; to++) {
      if (receives[to] > 0) {
        incoming[to] = arrive(to, incoming[to]);
      }
    }
    for (int to = 0; to < devices; to++) {
      for (int i = 0; i < receives[to]; i++) {
        int from = sender(to, i);
        double passed = endNanos(from, to) - start[from];
        double filled = start[from] + passed * rates.outgoingShare(from, to);
        outgoing[from] = Math.max(outgoing[from], filled);
      }
    }
  }

  /** Returns how many devices send to a device. */
  public int senders(int to) {
    return receives[to];
  }

  /** Returns one of the devices that send to a device. */
  public int sender(int to, int index) {
    return senders[to * devices + index];
  }

  /** Returns when the last byte from one device to another has left. */
  public double endNanos(int from, int to) {
    return end[from * devices + to];
  }

  /** All of a sender's slices begin at once. Returns when the interface did their work. */
  private double leave(int from) {
    int first = from * devices;
    double taken = 0;
    double filled = start[from];
    boolean whole = true;
    for (int i = 0; i < sends[from]; i++) {
      int to = receivers[first + i];
      double share = rates.outgoingShare(from, to);
      taken += share;
      filled += work[first + to] * share;
      whole &= share > 1 - SAME;
    }
    if (taken <= 1 + SAME) {
      for (int i = 0; i < sends[from]; i++) {
        int pair = first + receivers[first + i];
        end[pair] = start[from] + work[pair];
      }
    } else if (whole) {
      leaveEqual(from);
    } else {
      line.clear();
      for (int i = 0; i < sends[from]; i++) {
        int to = receivers[first + i];
        line.add(to, start[from], work[first + to], rates.pair(from, to));
      }
      line.work(rates.outgoing(from));
      for (int i = 0; i < line.count(); i++) {
        end[first + line.tag(i)] = line.overNanos(i);
      }
    }
    return filled;
  }

  /** Each slice fills the interface: of each other one, as much passes until one is over. */
  private void leaveEqual(int from) {
    int first = from * devices;
    for (int i = 0; i < sends[from]; i++) {
      double own = work[first + receivers[first + i]];
      double over = start[from];
      for (int j = 0; j < sends[from]; j++) {
        over += Math.min(own, work[first + receivers[first + j]]);
      }
      end[first + receivers[first + i]] = over;
    }
  }

  /**
   * Slices from several devices begin when they are sent. Returns when the interface is done with
   * them, as far as they fill it.
   */
  private double arrive(int to, double free) {
    line.clear();
    double filled = free;
    if (receives[to] == 1) {
      int from = sender(to, 0);
      int pair = from * devices + to;
      double begin = Math.max(start[from], free);
      end[pair] = Math.max(end[pair], begin + work[pair]);
      return Math.max(filled, begin + (end[pair] - begin) * rates.incomingShare(from, to));
    }
    for (int i = 0; i < receives[to]; i++) {
      int from = sender(to, i);
      double begin = Math.max(start[from], free);
      line.add(from, begin, work[from * devices + to], rates.pair(from, to));
    }
    filled = Math.max(filled, line.work(rates.incoming(to)));
    for (int i = 0; i < line.count(); i++) {
      int from = line.tag(i);
      int pair = from * devices + to;
      end[pair] = Math.max(end[pair], line.overNanos(i));
      double passed = end[pair] - line.beginNanos(i);
      filled = Math.max(filled, line.beginNanos(i) + passed * rates.incomingShare(from, to));
    }
    return filled;
  }
}
