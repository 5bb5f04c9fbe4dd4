package org.edgeld.workbench.profile;

import java.util.List;

/**
 * Measured times of one layer at several heights of its output.
 *
 * @param samples ascending in rows, at least one; the last is the whole layer
 */
public record LayerTimes(List<Sample> samples) {
  /**
   * The median time of some rows.
   *
   * @param rows output rows
   * @param nanos median time
   */
  public record Sample(int rows, long nanos) {}

  public LayerTimes {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("A layer's times have no sample.");
    }
    for (int i = 1; i < samples.size(); i++) {
      if (samples.get(i).rows() <= samples.get(i - 1).rows()) {
        throw new IllegalArgumentException("A layer's samples do not ascend: " + samples);
      }
    }
  }

  /** Returns the time of the whole layer. */
  public long wholeNanos() {
    return samples.get(samples.size() - 1).nanos();
  }
}
