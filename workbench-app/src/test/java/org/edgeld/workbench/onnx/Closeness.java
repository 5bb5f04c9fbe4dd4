package org.edgeld.workbench.onnx;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares outputs by their largest difference relative to the expected output's scale. */
final class Closeness {
  private Closeness() {}

  /** Returns the largest difference over the largest expected magnitude; NaN counts as infinite. */
  static double error(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double scale = 1e-6;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      double difference = Math.abs(actual[i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst / scale;
  }

  static void assertClose(float[] actual, float[] expected, double tolerance, String what) {
    assertThat(actual).as("%s, number of elements", what).hasSameSizeAs(expected);
    assertThat(error(actual, expected)).as("%s, relative error", what).isLessThan(tolerance);
  }

  /** Returns the index of the largest value. */
  static int top(float[] values) {
    int top = 0;
    for (int i = 1; i < values.length; i++) {
      top = values[i] > values[top] ? i : top;
    }
    return top;
  }
}
