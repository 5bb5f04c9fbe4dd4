package org.edgeld.agent.engine;

import java.util.function.IntToDoubleFunction;
import org.edgeld.model.Resample;

/** Resampling along one axis by the interpolation's formula. */
final class NaiveResample {
  private NaiveResample() {}

  /**
   * Returns output {@code index}.
   *
   * @param line the input's elements along the axis
   */
  static double at(Resample resample, int index, IntToDoubleFunction line) {
    IntToDoubleFunction x =
        i -> line.applyAsDouble(Math.max(0, Math.min(resample.inputSize() - 1, i)));
    double at = resample.step() * index + resample.offset();
    if (Math.abs(at - Math.rint(at)) < 1e-9) {
      at = Math.rint(at);
    }
    int below = (int) Math.floor(at);
    double fraction = at - below;
    return switch (resample.interpolation()) {
      case NEAREST_FLOOR -> x.applyAsDouble(below);
      case NEAREST_CEIL -> x.applyAsDouble(fraction > 0 ? below + 1 : below);
      case NEAREST_PREFER_FLOOR -> x.applyAsDouble(fraction > 0.5 ? below + 1 : below);
      case NEAREST_PREFER_CEIL -> x.applyAsDouble(fraction >= 0.5 ? below + 1 : below);
      case LINEAR ->
          x.applyAsDouble(below) + fraction * (x.applyAsDouble(below + 1) - x.applyAsDouble(below));
      case CUBIC -> cubic(x, below, fraction, -0.75);
      case CUBIC_HALF -> cubic(x, below, fraction, -0.5);
    };
  }

  private static double cubic(IntToDoubleFunction x, int below, double fraction, double a) {
    double sum = 0;
    for (int i = -1; i <= 2; i++) {
      double d = Math.abs(fraction - i);
      double factor =
          d <= 1
              ? (a + 2) * Math.pow(d, 3) - (a + 3) * Math.pow(d, 2) + 1
              : a * Math.pow(d, 3) - 5 * a * Math.pow(d, 2) + 8 * a * d - 4 * a;
      sum += factor * x.applyAsDouble(below + i);
    }
    return sum;
  }
}
