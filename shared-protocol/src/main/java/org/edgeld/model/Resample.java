package org.edgeld.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Resampling along one axis: output {@code i} reads the input at {@code step·i + offset}, elements
 * beyond the ends repeating the last. All of ONNX's coordinate transformations but cropping have
 * this form; half-pixel centres at factor {@code f} are {@code step = 1/f, offset = (1/f − 1)/2}.
 *
 * @param inputSize elements along the axis before, at least 1
 * @param outputSize elements along the axis after, at least 1
 * @param step distance of outputs, in input elements, not negative
 * @param offset where output 0 reads
 * @param interpolation how it reads between elements
 */
public record Resample(
    int inputSize, int outputSize, double step, double offset, Interpolation interpolation) {
  /**
   * One input element that an output reads.
   *
   * @param index which element
   * @param weight its factor; the factors of an output sum up to 1
   */
  public record Tap(int index, double weight) {}

  public Resample {
    if (inputSize < 1 || outputSize < 1 || !(step >= 0) || !Double.isFinite(step + offset)) {
      throw new IllegalArgumentException(
          "Resampling %d to %d elements by step %s from %s is impossible."
              .formatted(inputSize, outputSize, step, offset));
    }
  }

  /** Returns the resampling that changes nothing. */
  public static Resample identity(int size) {
    return new Resample(size, size, 1, 0, Interpolation.NEAREST_FLOOR);
  }

  /** Returns nearest upsampling by a whole factor: every element {@code factor} times. */
  public static Resample repeat(int size, int factor) {
    return new Resample(size, size * factor, 1.0 / factor, 0, Interpolation.NEAREST_FLOOR);
  }

  /** Tells whether every output is the input at the same place. */
  public boolean isIdentity() {
    return inputSize == outputSize && step == 1 && offset == 0;
  }

  /** Returns what output {@code index} reads, ascending; elements read twice stand there twice. */
  public List<Tap> taps(int index) {
    double at = step * index + offset;
    // a step such as 1/3 is not exact, and a floor must not fall below a whole number for that
    double nearest = Math.rint(at);
    double exact = Math.abs(at - nearest) < 1e-9 ? nearest : at;
    double floor = Math.floor(exact);
    return switch (interpolation) {
      case NEAREST_FLOOR -> List.of(tap(floor, 1));
      case NEAREST_CEIL -> List.of(tap(Math.ceil(exact), 1));
      case NEAREST_PREFER_FLOOR -> List.of(tap(Math.ceil(exact - 0.5), 1));
      case NEAREST_PREFER_CEIL -> List.of(tap(Math.floor(exact + 0.5), 1));
      case LINEAR -> List.of(tap(floor, 1 - (exact - floor)), tap(floor + 1, exact - floor));
      case CUBIC -> cubic(floor, exact - floor, -0.75);
      case CUBIC_HALF -> cubic(floor, exact - floor, -0.5);
    };
  }

  private List<Tap> cubic(double floor, double fraction, double a) {
    List<Tap> taps = new ArrayList<>(4);
    for (int i = -1; i <= 2; i++) {
      double d = Math.abs(fraction - i);
      double weight =
          d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
      taps.add(tap(floor + i, weight));
    }
    return taps;
  }

  private Tap tap(double index, double weight) {
    return new Tap((int) Math.max(0, Math.min(inputSize - 1, index)), weight);
  }
}
