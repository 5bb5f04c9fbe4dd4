package org.edgeld.workbench.link;

import java.util.Arrays;

/**
 * Slices under way between devices, each of which has an outgoing and an incoming interface. All
 * slices that pass an interface at one time share it, because each connection has a writer of its
 * own and their pieces take turns; slices of the same sender and receiver follow each other on one
 * connection.
 *
 * <p>The rates are the max-min fair ones (progressive filling, Bertsekas and Gallager, <i>Data
 * Networks</i>, 1992, section 6.5.2): the interface that leaves each of its slices least gives them
 * equal shares, what is left is divided in the same way. No slice is faster than when it is alone,
 * and so it is given: as the time it takes then, at the rate of its pair ({@link InterfaceRates}).
 * So a fast interface serves several slow ones at once. Rates change when a slice begins or ends.
 * Does not allocate once it has grown to the most slices under way. Not thread-safe.
 */
public final class SharedLinks {
  /** Work that is left of a slice that is over, in nanoseconds: rounding. */
  private static final double ROUNDING_NANOS = 1e-3;

  /** Shares that differ by less are equal. */
  private static final double SAME = 1e-9;

  private static final int NONE = -1;

  private final InterfaceRates rates;
  private final int devices;

  /** Per pair of devices, the slice that was sent last, if it is not over. */
  private final int[] latest;

  // per interface: outgoing ones, then incoming ones
  private final int[] passing;
  private final int[] unfixed;
  private final double[] left;

  // per slice
  private int[] from = new int[0];
  private int[] to = new int[0];
  private int[] follower = new int[0];
  private double[] work = new double[0];

  /** In bits per second, when it is alone. */
  private double[] alone = new double[0];

  /** In parts of that. */
  private double[] rate = new double[0];

  private double[] start = new double[0];

  private int[] active = new int[0];
  private int actives;
  private int[] open = new int[0];
  private int[] ended = new int[0];
  private int[] unused = new int[0];
  private int unuseds;

  private double nowNanos;

  /** Whether slices began or ended since rates were worked out. */
  private boolean changed;

  /** What ends next, {@link #NONE} if that is not known. */
  private int first = NONE;

  /** Is told of slices. */
  public interface Listener {
    /**
     * The last byte of a slice left its sender.
     *
     * @param slice as {@link #send} numbered it; from now on another may have the number
     * @param startNanos when it began, behind earlier slices of the same pair
     * @param endNanos now
     */
    void left(int slice, double startNanos, double endNanos);
  }

  /**
   * @param rates of the devices' interfaces
   */
  public SharedLinks(InterfaceRates rates) {
    this.rates = rates;
    this.devices = rates.devices();
    this.latest = new int[devices * devices];
    this.passing = new int[2 * devices];
    this.unfixed = new int[2 * devices];
    this.left = new double[2 * devices];
    Arrays.fill(latest, NONE);
  }

  /** Begins anew at time 0, with the smallest numbers again. Nothing may be under way. */
  public void restart() {
    nowNanos = 0;
    unuseds = 0;
    fillUnused(0);
  }

  /**
   * Sends a slice.
   *
   * @param nanos now, not before anything that happened and not after {@link #nextNanos}
   * @param from index of the sender
   * @param to index of the receiver
   * @param workNanos how long it takes when nothing else passes the two interfaces, at its pair's
   *     rate
   * @return a number for it that no other slice under way has, below how many have been sent
   */
  public int send(double nanos, int from, int to, double workNanos) {
    progress(nanos);
    if (unuseds == 0) {
      grow();
    }
    int slice = unused[--unuseds];
    this.from[slice] = from;
    this.to[slice] = to;
    follower[slice] = NONE;
    work[slice] = workNanos;
    alone[slice] = rates.pair(from, to);
    int pair = from * devices + to;
    if (latest[pair] == NONE) {
      begin(slice);
    } else {
      follower[latest[pair]] = slice;
    }
    latest[pair] = slice;
    return slice;
  }

  private void begin(int slice) {
    first = NONE;
    start[slice] = nowNanos;
    active[actives++] = slice;
    passing[from[slice]]++;
    passing[devices + to[slice]]++;
    changed = true;
  }

  private void grow() {
    int known = from.length;
    int size = Math.max(16, 2 * known);
    from = Arrays.copyOf(from, size);
    to = Arrays.copyOf(to, size);
    follower = Arrays.copyOf(follower, size);
    work = Arrays.copyOf(work, size);
    alone = Arrays.copyOf(alone, size);
    rate = Arrays.copyOf(rate, size);
    start = Arrays.copyOf(start, size);
    active = Arrays.copyOf(active, size);
    open = Arrays.copyOf(open, size);
    ended = Arrays.copyOf(ended, size);
    unused = Arrays.copyOf(unused, size);
    fillUnused(known);
  }

  private void fillUnused(int first) {
    for (int slice = from.length - 1; slice >= first; slice--) {
      unused[unuseds++] = slice;
    }
  }

  /** Returns the time up to which everything has happened. */
  public double nowNanos() {
    return nowNanos;
  }

  /** Returns when the next slice is over if no other begins; infinite if none is under way. */
  public double nextNanos() {
    first();
    return first == NONE ? Double.POSITIVE_INFINITY : end(first);
  }

  private double end(int slice) {
    return nowNanos + Math.max(0, work[slice]) / rate[slice];
  }

  private int first() {
    if (first != NONE && !changed) {
      return first;
    }
    share();
    first = NONE;
    double earliest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < actives; i++) {
      double end = end(active[i]);
      if (end < earliest) {
        earliest = end;
        first = active[i];
      }
    }
    return first;
  }

  /** Goes on to {@link #nextNanos}, and tells of all slices that are over then. */
  public void endNext(Listener listener) {
    int next = first();
    progress(end(next));
    int kept = 0;
    int over = 0;
    for (int i = 0; i < actives; i++) {
      int slice = active[i];
      if (slice == next || work[slice] <= ROUNDING_NANOS) {
        ended[over++] = slice;
      } else {
        active[kept++] = slice;
      }
    }
    actives = kept;
    first = NONE;
    changed = true;
    for (int i = 0; i < over; i++) {
      int slice = ended[i];
      passing[from[slice]]--;
      passing[devices + to[slice]]--;
      if (follower[slice] == NONE) {
        latest[from[slice] * devices + to[slice]] = NONE;
      } else {
        begin(follower[slice]);
      }
    }
    for (int i = 0; i < over; i++) {
      int slice = ended[i];
      listener.left(slice, start[slice], nowNanos);
    }
    for (int i = 0; i < over; i++) {
      unused[unuseds++] = ended[i];
    }
  }

  private void progress(double nanos) {
    if (nanos <= nowNanos) {
      return;
    }
    if (actives > 0) {
      share();
      double passed = nanos - nowNanos;
      for (int i = 0; i < actives; i++) {
        work[active[i]] -= rate[active[i]] * passed;
      }
    }
    nowNanos = nanos;
  }

  /** Gives each slice its rate: 1 if it has both interfaces for itself. */
  private void share() {
    if (!changed) {
      return;
    }
    changed = false;
    int opens = 0;
    for (int i = 0; i < actives; i++) {
      int slice = active[i];
      if (passing[from[slice]] == 1 && passing[devices + to[slice]] == 1) {
        rate[slice] = 1;
      } else {
        open[opens++] = slice;
      }
    }
    if (opens > 0) {
      System.arraycopy(passing, 0, unfixed, 0, passing.length);
      for (int device = 0; device < devices; device++) {
        left[device] = rates.outgoing(device);
        left[devices + device] = rates.incoming(device);
      }
    }
    while (opens > 0) {
      opens = fill(opens);
    }
  }

  /**
   * Fixes the rates of all slices at the interfaces that leave them least.
   *
   * @return how many slices are left without a rate
   */
  private int fill(int opens) {
    double level = Double.POSITIVE_INFINITY;
    for (int i = 0; i < opens; i++) {
      level = Math.min(level, share(open[i]));
    }
    int kept = 0;
    for (int i = 0; i < opens; i++) {
      int slice = open[i];
      // taking a share away leaves the others of the interface no less than theirs
      if (share(slice) <= level * (1 + SAME)) {
        double own = Math.min(level, alone[slice]);
        rate[slice] = own / alone[slice];
        take(from[slice], own);
        take(devices + to[slice], own);
      } else {
        open[kept++] = slice;
      }
    }
    return kept;
  }

  private double share(int slice) {
    int out = from[slice];
    int in = devices + to[slice];
    double fair = Math.min(left[out] / unfixed[out], left[in] / unfixed[in]);
    return Math.min(fair, alone[slice]);
  }

  private void take(int line, double share) {
    left[line] -= share;
    unfixed[line]--;
  }
}
