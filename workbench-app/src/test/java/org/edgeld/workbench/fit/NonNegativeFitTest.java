package org.edgeld.workbench.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class NonNegativeFitTest {
  private static final double ROUNDING = 1e-9;
  private static final int ROWS = 30;
  private static final int RIVALS = 2000;

  private static List<double[]> rows(Random random) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      // as different in size as a call, its operations and its bytes
      rows.add(new double[] {1, 1e9 * random.nextDouble(), 1e6 * random.nextDouble()});
    }
    return rows;
  }

  private static double[] targets(List<double[]> rows, double[] factors) {
    return rows.stream().mapToDouble(row -> product(row, factors)).toArray();
  }

  private static double product(double[] row, double[] factors) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      sum += row[j] * factors[j];
    }
    return sum;
  }

  private static double squares(
      List<double[]> rows, double[] targets, double[] scales, double[] factors) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum += Math.pow((product(rows.get(i), factors) - targets[i]) / scales[i], 2);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void exactTimesGiveTheirFactorsBack(long seed) {
    Random random = new Random(seed);
    List<double[]> rows = rows(random);
    double[] factors = {5e4, seed % 2 == 0 ? 0 : 2e-4, seed % 3 == 0 ? 0 : 0.3};
    double[] targets = targets(rows, factors);
    double[] found = NonNegativeFit.solve(rows, targets, targets);
    for (int j = 0; j < factors.length; j++) {
      assertThat(found[j]).isCloseTo(factors[j], within(ROUNDING * Math.max(1, factors[j])));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noOtherFactorsFitBetter(long seed) {
    Random random = new Random(seed);
    List<double[]> rows = rows(random);
    double[] targets = new double[ROWS];
    double[] scales = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      // decreasing with one of them, so that a plain fit would have a negative factor
      targets[i] = 1e5 * (1 + random.nextDouble()) - 0.05 * (seed % 2) * rows.get(i)[2];
      scales[i] = 1e4 * (1 + random.nextDouble());
    }
    double[] found = NonNegativeFit.solve(rows, targets, scales);
    assertThat(Arrays.stream(found).min().orElseThrow()).isNotNegative();
    double least = squares(rows, targets, scales, found);
    for (int rival = 0; rival < RIVALS; rival++) {
      double[] other = found.clone();
      int j = random.nextInt(3);
      double unit = 1e5 / rows.stream().mapToDouble(row -> row[j]).max().orElseThrow();
      other[j] = Math.max(0, other[j] + unit * 0.1 * random.nextGaussian());
      assertThat(squares(rows, targets, scales, other)).isGreaterThanOrEqualTo(least - ROUNDING);
    }
  }

  @Test
  void whatCannotBeToldApartIsLeftOut() {
    List<double[]> rows = List.of(new double[] {1, 2, 0}, new double[] {2, 4, 0});
    double[] found = NonNegativeFit.solve(rows, new double[] {3, 6}, new double[] {1, 1});
    assertThat(product(rows.get(0), found)).isCloseTo(3, within(ROUNDING));
    assertThat(found[2]).isZero();
  }

  @Test
  void noTimeAtAllTakesNothing() {
    assertThat(
            NonNegativeFit.solve(
                List.of(new double[] {1, 5, 5}), new double[] {0}, new double[] {1}))
        .containsExactly(0, 0, 0);
  }
}
