package org.edgeld.workbench.split;

import java.util.Arrays;
import java.util.List;

/**
 * Deals out tiles that lie in a row: each device gets a run of neighbours, possibly none, so that
 * the slowest device is done as early as possible. {@code V[d][e] = min over s ≤ e of
 * max(V[d−1][s], time of d for tiles [s, e))}, exact for runs in the order of the devices.
 *
 * @param owners per tile, the position of the device that computes it
 * @param nanos when the slowest device is done
 */
record TileRuns(List<Integer> owners, double nanos) {
  TileRuns {
    owners = List.copyOf(owners);
  }

  /**
   * Finds the best runs.
   *
   * @param times per device and tile, nanoseconds
   */
  static TileRuns of(double[][] times) {
    int tiles = times[0].length;
    double[] best = new double[tiles + 1];
    Arrays.fill(best, 1, tiles + 1, Double.POSITIVE_INFINITY);
    int[][] starts = new int[times.length][tiles + 1];
    for (int device = 0; device < times.length; device++) {
      double[] next = best.clone();
      for (int end = 0; end <= tiles; end++) {
        starts[device][end] = end;
        double own = 0;
        for (int start = end - 1; start >= 0; start--) {
          own += times[device][start];
          if (own >= next[end]) {
            break;
          }
          double nanos = Math.max(own, best[start]);
          if (nanos < next[end]) {
            next[end] = nanos;
            starts[device][end] = start;
          }
        }
      }
      best = next;
    }
    Integer[] owners = new Integer[tiles];
    int end = tiles;
    for (int device = times.length - 1; device >= 0; device--) {
      int start = starts[device][end];
      Arrays.fill(owners, start, end, device);
      end = start;
    }
    return new TileRuns(List.of(owners), best[tiles]);
  }
}
