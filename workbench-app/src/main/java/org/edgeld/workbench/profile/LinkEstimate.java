package org.edgeld.workbench.profile;

/**
 * What was measured of the link from one device to another.
 *
 * @param roundTripNanos median time of a small frame and its answer
 * @param messageNanos how long a frame occupies the link beside its payload: headers, system calls
 * @param bitsPerSecond goodput of large frames
 */
public record LinkEstimate(long roundTripNanos, long messageNanos, double bitsPerSecond) {
  /** Slower links are mistakes: a kilobit a second. */
  public static final double LEAST_BITS_PER_SECOND = 1e3;

  /** A device to itself. */
  public static final LinkEstimate SELF = new LinkEstimate(0, 0, Double.POSITIVE_INFINITY);

  public LinkEstimate {
    if (roundTripNanos < 0 || messageNanos < 0 || !(bitsPerSecond >= LEAST_BITS_PER_SECOND)) {
      throw new IllegalArgumentException(
          "A link with round trip %d ns, %d ns a message and %f bit/s is impossible."
              .formatted(roundTripNanos, messageNanos, bitsPerSecond));
    }
  }

  /** A link whose messages cost nothing but their bytes. */
  public LinkEstimate(long roundTripNanos, double bitsPerSecond) {
    this(roundTripNanos, 0, bitsPerSecond);
  }

  /**
   * Returns how long the last byte is under way: half a round trip without the time that the
   * message of that round trip occupied the link.
   */
  public double delayNanos() {
    return Math.max(0, roundTripNanos / 2.0 - messageNanos);
  }

  /** Returns the time that {@code bytes} occupy the link: {@code m + 8n/B}; 0 without bytes. */
  public double transmissionNanos(long bytes) {
    return bytes == 0 ? 0 : messageNanos + bytes * 8e9 / bitsPerSecond;
  }
}
