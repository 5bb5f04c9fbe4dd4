package org.edgeld.workbench.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgeld.workbench.profile.Regression.Point;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class RegressionFitTest {
  @Test
  void theLineOfNoisyPointsIsRecovered() {
    Random random = new Random(11);
    List<Point> points = new ArrayList<>();
    for (int i = 1; i <= 400; i++) {
      long flops = i * 10_000_000L;
      points.add(new Point(flops, 6e-11 * flops + 0.02 + 1e-3 * random.nextGaussian()));
    }
    Regression fit = RegressionFit.fit(points);
    assertThat(fit.secondsPerFlop()).isCloseTo(6e-11, within(5e-13));
    assertThat(fit.overheadSeconds()).isCloseTo(0.02, within(5e-4));
    assertThat(fit.points()).isEqualTo(points);
  }

  @Test
  void theFitHasTheLeastSquaredErrorOfAllNearbyLines() {
    List<Point> points =
        List.of(new Point(10, 3), new Point(20, 4), new Point(30, 8), new Point(70, 12));
    Regression fit = RegressionFit.fit(points);
    double least = error(points, fit.secondsPerFlop(), fit.overheadSeconds());
    for (double a : new double[] {-0.01, 0, 0.01}) {
      for (double b : new double[] {-0.1, 0, 0.1}) {
        assertThat(error(points, fit.secondsPerFlop() + a, fit.overheadSeconds() + b))
            .isGreaterThanOrEqualTo(least);
      }
    }
  }

  private static double error(List<Point> points, double a, double b) {
    return points.stream().mapToDouble(p -> Math.pow(p.seconds() - a * p.flops() - b, 2)).sum();
  }

  @Test
  void theLineExplainsWhatItDoesNotMiss() {
    assertThat(RegressionFit.fit(List.of(new Point(1, 3), new Point(2, 5), new Point(4, 9))))
        .extracting(Regression::rSquared)
        .satisfies(r -> assertThat(r).isCloseTo(1, within(1e-12)));
    // the mean of the times of both loads: 1 of 5 parts of the variance is left over
    Regression half =
        RegressionFit.fit(
            List.of(new Point(1, 1), new Point(1, 3), new Point(2, 5), new Point(2, 7)));
    assertThat(half.rSquared()).isCloseTo(0.8, within(1e-12));
    assertThat(RegressionFit.fit(List.of(new Point(1, 1))).rSquared()).isNaN();
  }

  @Test
  void timeNeverFallsWithWork() {
    Regression falling = RegressionFit.fit(List.of(new Point(10, 4), new Point(20, 2)));
    assertThat(falling.secondsPerFlop()).isCloseTo((40 + 40) / 500.0, within(1e-12));
    assertThat(falling.overheadSeconds()).isZero();
    Regression same = RegressionFit.fit(List.of(new Point(10, 4), new Point(10, 2)));
    assertThat(same.secondsPerFlop()).isCloseTo(0.3, within(1e-12));
    Regression single = RegressionFit.fit(List.of(new Point(100, 5)));
    assertThat(single.seconds(200)).isCloseTo(10, within(1e-12));
  }

  @Test
  void impossiblePointsAreRefused() {
    assertThatThrownBy(() -> RegressionFit.fit(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RegressionFit.fit(List.of(new Point(10, Double.NaN))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RegressionFit.fit(List.of(new Point(0, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
