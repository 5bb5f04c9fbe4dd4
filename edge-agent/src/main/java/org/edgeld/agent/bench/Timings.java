package org.edgeld.agent.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What repeats of one thing took.
 *
 * @param nanos in the order measured, at least one
 */
record Timings(long[] nanos) {
  Timings {
    nanos = nanos.clone();
  }

  /** Something to time, told how often it was done before. */
  interface Work {
    /** Returns how long it took, in nanoseconds. */
    long once() throws Exception;
  }

  /**
   * Times several things in turn, so that whatever disturbs the computer disturbs all of them.
   *
   * @param warmup rounds that do not count
   * @param repeats rounds that count
   */
  static List<Timings> inTurn(int warmup, int repeats, List<? extends Work> works)
      throws Exception {
    long[][] nanos = new long[works.size()][repeats];
    for (int round = -warmup; round < repeats; round++) {
      for (int i = 0; i < works.size(); i++) {
        long taken = works.get(i).once();
        if (round >= 0) {
          nanos[i][round] = taken;
        }
      }
    }
    return IntStream.range(0, works.size()).mapToObj(i -> new Timings(nanos[i])).toList();
  }

  /** Returns the given percentile in nanoseconds. */
  double percentile(int percent) {
    return percentile(Arrays.stream(nanos).asDoubleStream(), percent);
  }

  /**
   * Returns how many times as long as another thing this took: the median of the rounds' ratios,
   * which knows nothing of how busy the computer was in which round.
   *
   * @param other measured in turn with this
   */
  double over(Timings other) {
    return percentile(
        IntStream.range(0, nanos.length).mapToDouble(i -> (double) nanos[i] / other.nanos[i]), 50);
  }

  private static double percentile(DoubleStream values, int percent) {
    double[] sorted = values.sorted().toArray();
    double at = (sorted.length - 1) * percent / 100.0;
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  double median() {
    return percentile(50);
  }

  double millis() {
    return median() / 1e6;
  }

  double micros() {
    return median() / 1e3;
  }
}
