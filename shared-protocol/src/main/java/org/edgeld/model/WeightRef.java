package org.edgeld.model;

import java.util.List;

/**
 * Where one weight tensor comes from: derived from a seed on every device alike, or stored under
 * the SHA-256 of its bytes (float32, little-endian, row-major in {@code dims}).
 */
public sealed interface WeightRef {
  /** Extents, outermost first: OIHW for a convolution, {@code out × in} for a linear layer. */
  List<Integer> dims();

  /** Returns the number of elements. */
  default long elements() {
    return dims().stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Returns the size as float32 in bytes. */
  default long bytes() {
    return elements() * TensorShape.ELEMENT_BYTES;
  }

  /**
   * Uniform random weights in {@code [-bound, bound)}: element {@code i} is {@code bound·(2u−1)},
   * where {@code u} is the top 24 bits of SplitMix64 (Steele et al. 2014) at state {@code seed +
   * (i+1)·0x9E3779B97F4A7C15}, divided by 2²⁴. The same on every processor, so only the recipe
   * travels.
   *
   * @param seed start of the sequence
   * @param bound half width of the interval
   * @param dims extents
   */
  record Seeded(long seed, float bound, List<Integer> dims) implements WeightRef {
    public Seeded {
      dims = validDims(dims);
    }

    /** Returns element {@code index} of this tensor. */
    public float element(long index) {
      long z = seed + (index + 1) * 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      return bound * ((z >>> 40) * 0x1p-23f - 1f);
    }
  }

  /**
   * Weights that somebody trained.
   *
   * @param sha256 digest of the bytes
   * @param dims extents
   */
  record Stored(Sha256 sha256, List<Integer> dims) implements WeightRef {
    public Stored {
      dims = validDims(dims);
    }
  }

  private static List<Integer> validDims(List<Integer> dims) {
    if (dims.isEmpty() || dims.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException("The weight extents " + dims + " have no elements.");
    }
    return List.copyOf(dims);
  }
}
