package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.edgeld.geometry.Range;
import org.edgeld.program.DeviceId;

/** Arithmetic of dividing rows. */
final class Shares {
  private Shares() {}

  /**
   * Divides rows by weights through cumulative rounding, so that the heights sum up exactly and
   * each differs from its exact share by less than one row.
   *
   * @param weights not negative, at least one positive
   */
  static int[] cumulative(double[] weights, int rows) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    int[] heights = new int[weights.length];
    double sum = 0;
    int before = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      int end = i == weights.length - 1 ? rows : (int) Math.round(rows * (sum / total));
      heights[i] = end - before;
      before = end;
    }
    return heights;
  }

  /** Returns the rows of all devices when the workers get these heights, one below the other. */
  static List<Range> ranges(int devices, List<DeviceId> workers, int[] heights) {
    List<Range> ranges = new ArrayList<>(Collections.nCopies(devices, Range.EMPTY));
    int start = 0;
    for (int i = 0; i < heights.length; i++) {
      if (heights[i] > 0) {
        ranges.set(workers.get(i).index(), new Range(start, start + heights[i]));
        start += heights[i];
      }
    }
    return ranges;
  }
}
