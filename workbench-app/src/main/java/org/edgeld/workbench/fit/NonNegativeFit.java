package org.edgeld.workbench.fit;

import java.util.List;

/**
 * Least squares with factors that are not negative (Lawson and Hanson, Solving Least Squares
 * Problems, 1974). For the few factors here all sets of positive ones are tried: the best is the
 * plain least squares of one of them.
 */
final class NonNegativeFit {
  private static final double SINGULAR = 1e-12;

  private NonNegativeFit() {}

  /**
   * Returns the factors {@code c ≥ 0} with the least {@code Σ ((row·c − target)/scale)²}; those
   * that the rows cannot tell apart from others are 0.
   *
   * @param rows of one length
   * @param targets one for each row
   * @param scales one for each row, positive
   */
  static double[] solve(List<double[]> rows, double[] targets, double[] scales) {
    int size = rows.get(0).length;
    double[] largest = new double[size];
    for (double[] row : rows) {
      for (int j = 0; j < size; j++) {
        largest[j] = Math.max(largest[j], Math.abs(row[j]));
      }
    }
    double[][] normal = new double[size][size + 1];
    for (int i = 0; i < rows.size(); i++) {
      double[] row = new double[size];
      for (int j = 0; j < size; j++) {
        row[j] = largest[j] > 0 ? rows.get(i)[j] / largest[j] / scales[i] : 0;
      }
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < size; k++) {
          normal[j][k] += row[j] * row[k];
        }
        normal[j][size] += row[j] * targets[i] / scales[i];
      }
    }
    double[] best = new double[size];
    double bestGain = 0;
    for (int set = 1; set < 1 << size; set++) {
      double[] factors = solve(normal, set);
      double gain = gain(normal, factors);
      if (nonNegative(factors) && gain > bestGain) {
        best = factors;
        bestGain = gain;
      }
    }
    for (int j = 0; j < size; j++) {
      best[j] = largest[j] > 0 ? best[j] / largest[j] : 0;
    }
    return best;
  }

  private static boolean nonNegative(double[] factors) {
    for (double factor : factors) {
      if (!(factor >= 0)) {
        return false;
      }
    }
    return true;
  }

  /** Returns by how much the factors lower the sum of squares from where all are 0. */
  private static double gain(double[][] normal, double[] factors) {
    double gain = 0;
    for (int j = 0; j < factors.length; j++) {
      gain += 2 * factors[j] * normal[j][factors.length];
      for (int k = 0; k < factors.length; k++) {
        gain -= factors[j] * factors[k] * normal[j][k];
      }
    }
    return gain;
  }

  /** Solves for the factors of a set by Gauss and Jordan; NaN where it has no single solution. */
  private static double[] solve(double[][] normal, int set) {
    int size = normal.length;
    double[][] a = new double[size][];
    for (int j = 0; j < size; j++) {
      a[j] = normal[j].clone();
      for (int k = 0; k < size; k++) {
        if ((set >> j & set >> k & 1) == 0) {
          a[j][k] = j == k ? 1 : 0;
        }
      }
      if ((set >> j & 1) == 0) {
        a[j][size] = 0;
      }
    }
    // symmetric and positive definite, if it has a solution: no pivots need to be looked for
    for (int j = 0; j < size; j++) {
      double pivot = a[j][j];
      boolean lost = !(pivot > SINGULAR * Math.max(normal[j][j], Double.MIN_NORMAL));
      for (int k = j; k <= size; k++) {
        a[j][k] = lost ? Double.NaN : a[j][k] / pivot;
      }
      for (int i = 0; i < size; i++) {
        double times = a[i][j];
        for (int k = j; i != j && k <= size; k++) {
          a[i][k] -= times * a[j][k];
        }
      }
    }
    double[] factors = new double[size];
    for (int j = 0; j < size; j++) {
      factors[j] = a[j][size];
    }
    return factors;
  }
}
