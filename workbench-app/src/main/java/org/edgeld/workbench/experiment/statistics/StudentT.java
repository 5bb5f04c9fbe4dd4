package org.edgeld.workbench.experiment.statistics;

/** Student's t distribution: how far few normal samples may be off their true mean. */
final class StudentT {
  private static final double NORMAL = 1.959963984540054;

  private StudentT() {}

  /**
   * Returns the quantile 0.975, by which a two-sided 95 % interval reaches to both sides. Exact for
   * one and two degrees of freedom, from three on by the Cornish–Fisher expansion (Abramowitz and
   * Stegun 26.7.5), whose error is below 0.2 %.
   *
   * @param degrees of freedom, at least 1
   */
  static double quantile(int degrees) {
    if (degrees < 1) {
      throw new IllegalArgumentException(
          "%d degrees of freedom have no distribution.".formatted(degrees));
    }
    double p = 0.975;
    if (degrees == 1) {
      return Math.tan(Math.PI * (p - 0.5));
    }
    if (degrees == 2) {
      return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
    }
    double z = NORMAL;
    double n = degrees;
    double z2 = z * z;
    double g1 = z * (z2 + 1) / 4;
    double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    return z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
  }
}
