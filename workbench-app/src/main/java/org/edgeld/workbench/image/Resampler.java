package org.edgeld.workbench.image;

/**
 * Bilinear resampling of one plane, columns then rows. When shrinking, the triangle filter is
 * widened by the factor, so that every source pixel counts and nothing aliases, as Pillow and
 * torchvision do.
 */
final class Resampler {
  private Resampler() {}

  /** Returns {@code plane}, row-major, at another size. The same size gives the same values. */
  static float[] resample(float[] plane, int width, int height, int newWidth, int newHeight) {
    float[] narrow = new float[newWidth * height];
    for (int x = 0; x < newWidth; x++) {
      Taps taps = Taps.of(x, newWidth, width);
      for (int y = 0; y < height; y++) {
        narrow[y * newWidth + x] = taps.apply(plane, y * width, 1);
      }
    }
    float[] result = new float[newWidth * newHeight];
    for (int y = 0; y < newHeight; y++) {
      Taps taps = Taps.of(y, newHeight, height);
      for (int x = 0; x < newWidth; x++) {
        result[y * newWidth + x] = taps.apply(narrow, x, newWidth);
      }
    }
    return result;
  }

  /** Weights of consecutive source positions for one target position; they sum to 1. */
  private record Taps(int first, double[] weights) {
    static Taps of(int target, int newSize, int size) {
      double scale = (double) size / newSize;
      double support = Math.max(1, scale);
      double centre = (target + 0.5) * scale - 0.5;
      int first = Math.max(0, (int) Math.ceil(centre - support));
      int last = Math.min(size - 1, (int) Math.floor(centre + support));
      double[] weights = new double[last - first + 1];
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.max(0, 1 - Math.abs(first + i - centre) / support);
        sum += weights[i];
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
      return new Taps(first, weights);
    }

    float apply(float[] values, int offset, int stride) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * values[offset + (first + i) * stride];
      }
      return (float) sum;
    }
  }
}
