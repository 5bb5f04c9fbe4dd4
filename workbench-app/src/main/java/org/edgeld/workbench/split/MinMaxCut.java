package org.edgeld.workbench.split;

import java.util.Arrays;

/**
 * Divides a range among workers so that the slowest is done soonest: dynamic programming over the
 * sets of workers that have what lies above each boundary.
 *
 * <p>Most boundaries are ruled out beforehand, without loss. A good division is found first, by
 * halving the time in which every worker takes as much as it can. A better one leaves each worker
 * less than it can do in that time, so above a boundary there is no more than the workers above can
 * do, and below it no more than the others can.
 */
final class MinMaxCut {
  private static final int HALVINGS = 10;

  private final int parts;
  private final int workers;
  private final boolean anyOrder;
  private final Time time;

  /** When a worker is done with a range that is not empty. */
  interface Time {
    /** Returns the time; nothing is assumed of it. */
    double nanos(int worker, int start, int end);

    /**
     * Returns a time that is not more, for the range and for all that contain it: it never falls
     * when the range grows.
     */
    double atLeast(int worker, int start, int end);
  }

  private MinMaxCut(int parts, int workers, boolean anyOrder, Time time) {
    this.parts = parts;
    this.workers = workers;
    this.anyOrder = anyOrder;
    this.time = time;
  }

  /**
   * Divides {@code [0, parts)}.
   *
   * @param anyOrder whether workers may lie in every order; else they lie in theirs
   * @return start and end of each worker, equal if it is left out
   */
  static int[][] of(int parts, int workers, boolean anyOrder, Time time) {
    return new MinMaxCut(parts, workers, anyOrder, time).cut();
  }

  private int[][] cut() {
    double limit = reachable();
    int full = sets() - 1;
    int[] furthest = new int[full + 1];
    int[] earliest = new int[full + 1];
    for (int set = 0; set <= full; set++) {
      earliest[set] = parts;
      for (int worker = 0; worker < workers; worker++) {
        if (isLast(worker, set)) {
          int start = furthest[without(worker, set)];
          furthest[set] = Math.max(furthest[set], furthest(worker, start, limit));
        }
        if (isFirst(worker, set)) {
          int end = earliest[without(worker, set)];
          earliest[set] = Math.min(earliest[set], earliest(worker, end, limit));
        }
      }
    }
    State[] states = new State[full + 1];
    double[][][] known = new double[workers][parts][];
    for (int set = 0; set <= full; set++) {
      states[set] = new State(earliest[full - set], furthest[set]);
      for (int worker = 0; worker < workers; worker++) {
        if (isLast(worker, set)) {
          extend(states[without(worker, set)], states[set], worker, limit, known[worker]);
        }
      }
    }
    return read(states);
  }

  // Sets are masks of workers if any order counts. Else set n is the first n workers above a
  // boundary, or the last n below it.

  private int sets() {
    return anyOrder ? 1 << workers : workers + 1;
  }

  private boolean isLast(int worker, int set) {
    return anyOrder ? (set >> worker & 1) == 1 : worker == set - 1;
  }

  private boolean isFirst(int worker, int set) {
    return anyOrder ? (set >> worker & 1) == 1 : worker == workers - set;
  }

  private int without(int worker, int set) {
    return anyOrder ? set ^ (1 << worker) : set - 1;
  }

  /** Returns a time in which the workers, in their order, are done; seldom much above the least. */
  private double reachable() {
    double best = Double.POSITIVE_INFINITY;
    for (int worker = 0; worker < workers; worker++) {
      best = Math.min(best, time.nanos(worker, 0, parts));
    }
    double low = 0;
    double high = best;
    for (int i = 0; i < HALVINGS; i++) {
      double tried = (low + high) / 2;
      double slowest = greedy(tried);
      if (slowest < Double.POSITIVE_INFINITY) {
        high = tried;
        best = Math.min(best, slowest);
      } else {
        low = tried;
      }
    }
    return best;
  }

  /** Lets each worker take as much as seems possible in some time. */
  private double greedy(double limit) {
    int start = 0;
    double slowest = 0;
    for (int worker = 0; worker < workers && start < parts; worker++) {
      int end = furthest(worker, start, limit);
      slowest = end == start ? slowest : Math.max(slowest, time.nanos(worker, start, end));
      start = end;
    }
    return start == parts ? slowest : Double.POSITIVE_INFINITY;
  }

  private int furthest(int worker, int start, double limit) {
    int end = start;
    int beyond = parts + 1;
    while (end + 1 < beyond) {
      int middle = (end + beyond) >>> 1;
      if (time.atLeast(worker, start, middle) <= limit) {
        end = middle;
      } else {
        beyond = middle;
      }
    }
    return end;
  }

  private int earliest(int worker, int end, double limit) {
    int start = end;
    int beyond = -1;
    while (start - 1 > beyond) {
      int middle = (start + beyond) >> 1;
      if (time.atLeast(worker, middle, end) <= limit) {
        start = middle;
      } else {
        beyond = middle;
      }
    }
    return start;
  }

  /** The best way to give everything above each boundary of a band to a set of workers. */
  private static final class State {
    private final int from;
    private final double[] best;
    private final int[] last;
    private final int[] start;

    private State(int from, int to) {
      int size = Math.max(0, to - from + 1);
      this.from = from;
      this.best = new double[size];
      this.last = new int[size];
      this.start = new int[size];
      Arrays.fill(best, Double.POSITIVE_INFINITY);
      if (from == 0 && size > 0) {
        best[0] = 0;
      }
    }

    private double best(int boundary) {
      int at = boundary - from;
      return at < 0 || at >= best.length ? Double.POSITIVE_INFINITY : best[at];
    }

    private void offer(double nanos, int worker, int begin, int end) {
      if (nanos < best[end - from]) {
        best[end - from] = nanos;
        last[end - from] = worker;
        start[end - from] = begin;
      }
    }
  }

  /** Tries one more worker below a smaller set, with and without anything to do. */
  private void extend(State before, State after, int worker, double limit, double[][] known) {
    for (int end = after.from; end < after.from + after.best.length; end++) {
      after.offer(before.best(end), worker, end, end);
      int highest = Math.min(end - 1, before.from + before.best.length - 1);
      for (int begin = highest; begin >= before.from; begin--) {
        if (before.best(begin) < after.best(end)) {
          double nanos = nanos(worker, begin, end, known);
          if (nanos > limit && time.atLeast(worker, begin, end) > limit) {
            break;
          }
          after.offer(Math.max(before.best(begin), nanos), worker, begin, end);
        }
      }
    }
  }

  private double nanos(int worker, int begin, int end, double[][] known) {
    if (known[begin] == null) {
      known[begin] = new double[parts + 1];
    }
    if (known[begin][end] == 0) {
      known[begin][end] = time.nanos(worker, begin, end);
    }
    return known[begin][end];
  }

  private int[][] read(State[] states) {
    int[][] cut = new int[workers][2];
    int set = states.length - 1;
    int end = parts;
    while (end > 0) {
      State state = states[set];
      int worker = state.last[end - state.from];
      int start = state.start[end - state.from];
      cut[worker] = new int[] {start, end};
      set = without(worker, set);
      end = start;
    }
    return cut;
  }
}
