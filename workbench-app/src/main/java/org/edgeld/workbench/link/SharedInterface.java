package org.edgeld.workbench.link;

/**
 * Slices that pass one interface, each from when it begins: what is under way at one time gets
 * equal shares, but no slice more than when it is alone; what some cannot use the others get. Does
 * not allocate. Not thread-safe.
 */
final class SharedInterface {
  /** Rates that differ by less are equal. */
  private static final double SAME = 1e-9;

  // slices in the order in which they begin
  private final int[] tag;
  private final double[] begin;
  private final double[] left;
  private final double[] alone;
  private final double[] over;
  private int count;

  // of those under way, their places, and their rates in nanoseconds of work per nanosecond
  private final int[] active;
  private final double[] rate;

  SharedInterface(int most) {
    this.tag = new int[most];
    this.begin = new double[most];
    this.left = new double[most];
    this.alone = new double[most];
    this.over = new double[most];
    this.active = new int[most];
    this.rate = new double[most];
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /**
   * Adds a slice.
   *
   * @param ofWhom what to know it by
   * @param beginNanos when it begins
   * @param workNanos how long it takes alone
   * @param bitsPerSecond its rate when it is alone
   */
  void add(int ofWhom, double beginNanos, double workNanos, double bitsPerSecond) {
    int place = count++;
    while (place > 0 && begin[place - 1] > beginNanos) {
      tag[place] = tag[place - 1];
      begin[place] = begin[place - 1];
      left[place] = left[place - 1];
      alone[place] = alone[place - 1];
      place--;
    }
    tag[place] = ofWhom;
    begin[place] = beginNanos;
    left[place] = workNanos;
    alone[place] = bitsPerSecond;
  }

  int tag(int place) {
    return tag[place];
  }

  /** Returns when a slice begins. */
  double beginNanos(int place) {
    return begin[place];
  }

  /** Returns when a slice is over, once the interface did its work. */
  double overNanos(int place) {
    return over[place];
  }

  /**
   * Works out when slices are over.
   *
   * @param capacity of the interface in bits per second, at least that of each slice
   * @return when the interface would be done if it were always used as far as it can be
   */
  double work(double capacity) {
    double busy = 0;
    for (int i = 0; i < count; i++) {
      busy = Math.max(busy, begin[i]) + left[i] * alone[i] / capacity;
    }
    double now = 0;
    int next = 0;
    int actives = 0;
    while (next < count || actives > 0) {
      if (actives == 0) {
        now = begin[next];
      }
      while (next < count && begin[next] <= now) {
        active[actives++] = next++;
      }
      share(actives, capacity);
      double passes = Double.POSITIVE_INFINITY;
      for (int i = 0; i < actives; i++) {
        passes = Math.min(passes, left[active[i]] / rate[active[i]]);
      }
      boolean joined = next < count && begin[next] < now + passes;
      passes = joined ? begin[next] - now : passes;
      now = joined ? begin[next] : now + passes;
      actives = pass(actives, passes, now, joined);
    }
    return busy;
  }

  private int pass(int actives, double passes, double now, boolean joined) {
    int kept = 0;
    for (int i = 0; i < actives; i++) {
      int slice = active[i];
      double rest = left[slice] - rate[slice] * passes;
      if (!joined && rest <= SAME * left[slice]) {
        over[slice] = now;
      } else {
        left[slice] = rest;
        active[kept++] = slice;
      }
    }
    return kept;
  }

  private void share(int actives, double capacity) {
    double rest = capacity;
    int open = actives;
    for (int i = 0; i < actives; i++) {
      rate[active[i]] = 0;
    }
    // those that cannot use an equal share have their own rate; that leaves the others more
    boolean fixed = true;
    while (fixed && open > 0) {
      fixed = false;
      double level = rest / open;
      for (int i = 0; i < actives; i++) {
        int slice = active[i];
        if (rate[slice] == 0 && alone[slice] <= level * (1 + SAME)) {
          rate[slice] = 1;
          rest -= alone[slice];
          open--;
          fixed = true;
        }
      }
    }
    for (int i = 0; i < actives; i++) {
      int slice = active[i];
      rate[slice] = rate[slice] == 0 ? rest / open / alone[slice] : rate[slice];
    }
  }
}
