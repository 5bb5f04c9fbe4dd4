package org.edgeld.workbench.link;

/**
 * Estimates when slices are over that devices send each other at about one time: what passes an
 * interface shares it equally, as in the simulator ({@link SharedLinks}), but each interface is
 * looked at by itself. A slice is over when both its interfaces are done with it; that one of them
 * cannot use its share while the other is narrower is not counted. Takes well below a microsecond
 * for halos. Does not allocate. Not thread-safe.
 */
public final class SharedExchange {
  /** Even what takes no time is a slice. */
  private static final double LEAST_NANOS = 1e-6;

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

  // slices at one incoming interface, in the order in which they begin
  private final double[] begin;
  private final double[] left;
  private final int[] order;
  private final int[] active;

  /**
   * @param devices how many there are
   */
  public SharedExchange(int devices) {
    this.devices = devices;
    this.work = new double[devices * devices];
    this.end = new double[devices * devices];
    this.sends = new int[devices];
    this.receives = new int[devices];
    this.receivers = new int[devices * devices];
    this.senders = new int[devices * devices];
    this.start = new double[devices];
    this.begin = new double[devices];
    this.left = new double[devices];
    this.order = new int[devices];
    this.active = new int[devices];
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
   * @param outgoing when each outgoing interface is free; afterwards, when its last slice is over
   * @param incoming the same of incoming interfaces
   */
  public void deliver(double[] now, double[] outgoing, double[] incoming) {
    for (int from = 0; from < devices; from++) {
      if (sends[from] > 0) {
        start[from] = Math.max(now[from], outgoing[from]);
        leave(from);
      }
    }
    for (int to = 0; to < devices; to++) {
      if (receives[to] > 0) {
        arrive(to, incoming[to]);
      }
    }
    for (int to = 0; to < devices; to++) {
      for (int i = 0; i < receives[to]; i++) {
        int from = sender(to, i);
        double over = endNanos(from, to);
        outgoing[from] = Math.max(outgoing[from], over);
        incoming[to] = Math.max(incoming[to], over);
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

  /**
   * All of a sender's slices begin at once: of each other one, as much passes until one is over.
   */
  private void leave(int from) {
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

  /** Slices from several devices begin when they are sent. */
  private void arrive(int to, double free) {
    int count = receives[to];
    if (count == 1) {
      int pair = sender(to, 0) * devices + to;
      end[pair] = Math.max(end[pair], Math.max(start[sender(to, 0)], free) + work[pair]);
      return;
    }
    for (int i = 0; i < count; i++) {
      int from = senders[to * devices + i];
      double at = Math.max(start[from], free);
      int place = i;
      while (place > 0 && begin[place - 1] > at) {
        begin[place] = begin[place - 1];
        order[place] = order[place - 1];
        place--;
      }
      begin[place] = at;
      order[place] = from;
    }
    double now = free;
    int next = 0;
    int actives = 0;
    while (next < count || actives > 0) {
      if (actives == 0) {
        now = begin[next];
      }
      while (next < count && begin[next] <= now) {
        left[next] = work[order[next] * devices + to];
        active[actives++] = next++;
      }
      double least = left[active[0]];
      for (int i = 1; i < actives; i++) {
        least = Math.min(least, left[active[i]]);
      }
      boolean joined = next < count && begin[next] < now + least * actives;
      double passed = joined ? (begin[next] - now) / actives : least;
      now = joined ? begin[next] : now + least * actives;
      int kept = 0;
      for (int i = 0; i < actives; i++) {
        int slice = active[i];
        left[slice] -= passed;
        if (!joined && left[slice] <= 0) {
          int pair = order[slice] * devices + to;
          end[pair] = Math.max(end[pair], now);
        } else {
          active[kept++] = slice;
        }
      }
      actives = kept;
    }
  }
}
