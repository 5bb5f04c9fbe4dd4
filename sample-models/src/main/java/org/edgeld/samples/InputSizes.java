package org.edgeld.samples;

/**
 * The side lengths, in pixels, of the square pictures that a network can take.
 *
 * @param min smallest side length, at least 1
 * @param max largest side length, at least {@code min}
 * @param standard side length of the network's paper, within both
 * @param tooLarge why nothing beyond {@code max} works, as the end of a sentence
 */
public record InputSizes(int min, int max, int standard, String tooLarge) {
  public InputSizes {
    if (min < 1 || standard < min || max < standard) {
      throw new IllegalArgumentException(
          "The input sizes %d ≤ %d ≤ %d are not positive and ascending."
              .formatted(min, standard, max));
    }
  }

  /** Returns sizes that allow exactly one. */
  public static InputSizes only(int size) {
    return new InputSizes(size, size, size, "its weights were trained for " + size);
  }

  /** Returns sizes of a network that works on any picture until a feature map fills its buffer. */
  public static InputSizes limitedByMaps(int min, int max, int standard) {
    return new InputSizes(min, max, standard, "a feature map would exceed 2 GiB");
  }

  /** Tells whether pictures of side length {@code size} fit. */
  public boolean contains(int size) {
    return min <= size && size <= max;
  }

  /**
   * Refuses sizes that do not work.
   *
   * @param model the network's id, for the message
   * @throws IllegalArgumentException with one sentence for the user if {@code size} does not fit
   */
  public void check(String model, int size) {
    if (size < min) {
      throw new IllegalArgumentException(
          "The input size (%d) is too small for %s. Maybe use %s."
              .formatted(size, model, min == max ? "" + min : "at least " + min));
    }
    if (size > max) {
      throw new IllegalArgumentException(
          "The input size (%d) is too large for %s: %s. Maybe use %s."
              .formatted(size, model, tooLarge, min == max ? "" + max : "at most " + max));
    }
  }
}
