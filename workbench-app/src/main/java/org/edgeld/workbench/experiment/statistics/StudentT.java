package org.edgeld.workbench.experiment.statistics;

import java.util.Arrays;

/** Student's t distribution: how far few normal samples may be off their true mean. */
final class StudentT {
  private static final double INSIDE = 0.95;
  private static final int STEPS = 2000;

  /** In standard deviations of a normal distribution, which many degrees are like. */
  private static final double REACH = 10;

  private StudentT() {}

  /**
   * Returns the quantile 0.975, by which a two-sided 95 % interval reaches to both sides. With
   * {@code t = √n·tan φ} the density is as {@code cosⁿ⁻¹ φ}, which is summed up until 95 % of it
   * lie inside. The error is below 0.1 %.
   *
   * @param degrees of freedom {@code n}, at least 1; Welch's are no whole number
   */
  static double quantile(double degrees) {
    if (!(degrees >= 1)) {
      throw new IllegalArgumentException(
          "%s degrees of freedom have no distribution.".formatted(degrees));
    }
    // beyond it nothing of a narrow density is left
    double end = Math.min(Math.PI / 2, REACH / Math.sqrt(degrees));
    double step = end / STEPS;
    double[] masses = new double[STEPS];
    Arrays.setAll(masses, i -> Math.pow(Math.cos((i + 0.5) * step), degrees - 1));
    double wanted = INSIDE * Arrays.stream(masses).sum();
    int i = 0;
    while (wanted > masses[i]) {
      wanted -= masses[i];
      i++;
    }
    return Math.sqrt(degrees) * Math.tan((i + wanted / masses[i]) * step);
  }
}
