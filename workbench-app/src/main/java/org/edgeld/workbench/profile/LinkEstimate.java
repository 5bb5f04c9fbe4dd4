package org.edgeld.workbench.profile;

/**
 * What was measured of the link from one device to another.
 *
 * @param roundTripNanos median time of a small frame and its answer
 * @param bitsPerSecond goodput of large frames
 */
public record LinkEstimate(long roundTripNanos, double bitsPerSecond) {
  /** A device to itself. */
  public static final LinkEstimate SELF = new LinkEstimate(0, Double.POSITIVE_INFINITY);

  public LinkEstimate {
    if (roundTripNanos < 0 || !(bitsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "A link with round trip %d ns and %f bit/s is impossible."
              .formatted(roundTripNanos, bitsPerSecond));
    }
  }

  /** Returns the time until {@code bytes} have arrived: half a round trip plus {@code 8n/B}. */
  public double nanos(long bytes) {
    return roundTripNanos / 2.0 + transmissionNanos(bytes);
  }

  /** Returns the time that {@code bytes} occupy the link: {@code 8n/B}. */
  public double transmissionNanos(long bytes) {
    return bytes * 8e9 / bitsPerSecond;
  }
}
