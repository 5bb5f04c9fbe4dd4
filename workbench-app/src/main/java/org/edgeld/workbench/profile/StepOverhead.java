package org.edgeld.workbench.profile;

import java.util.List;

/**
 * What a compute step takes on a device beside the work of its layers: calling the engine, wrapping
 * tensors, waking up with cold caches.
 *
 * @param computeNanos per compute step, not negative
 */
public record StepOverhead(long computeNanos) {
  /** Steps that take no longer than their layers. */
  public static final StepOverhead NONE = new StepOverhead(0);

  public StepOverhead {
    if (computeNanos < 0) {
      throw new IllegalArgumentException(
          "The overhead of a step (" + computeNanos + " ns) is negative.");
    }
  }

  /**
   * Returns the median, at least 0, of how much longer tiles took as steps of their own.
   *
   * @param differencesNanos at least one
   */
  static StepOverhead median(List<Long> differencesNanos) {
    List<Long> sorted = differencesNanos.stream().sorted().toList();
    int size = sorted.size();
    long median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new StepOverhead(Math.max(0, median));
  }
}
