package org.edgeld.transport;

/**
 * A board's full-duplex network interface: everything sent passes one line of the given rate,
 * everything received another, and what is sent arrives a fixed delay later. Bytes are counted as
 * headers and payloads; Ethernet's and TCP's own overhead is not added.
 *
 * <p>Each line is a schedule of back-to-back pieces: a piece starts when it is there and the line
 * is free, and takes {@code bytes·8/rate}. There is no credit for idle time, so no burst. A thread
 * that comes late may catch up by at most {@link #slackNanos}: a real interface is not descheduled.
 * Receiving is cut-through: a piece that came in at the line's rate or slower passes at once, so a
 * sender and a receiver of the same rate give that rate, and not one store-and-forward after the
 * other.
 */
public final class EmulatedLink implements LinkShaper {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long PIECE_NANOS = 500_000;
  private static final int MIN_PIECE_BYTES = 2 * 1024;
  private static final int MAX_PIECE_BYTES = 64 * 1024;
  private static final long MIN_SLACK_NANOS = 1_000_000;
  private static final long MAX_SLACK_NANOS = 5_000_000;

  private final long bitsPerSecond;
  private final long delayNanos;
  private final int pieceBytes;
  private final long slackNanos;
  private final Line egress = new Line();
  private final Line ingress = new Line();

  /**
   * Creates an idle interface.
   *
   * @param bitsPerSecond rate of each direction, 0 if only the delay is emulated
   * @param delayNanos added to everything sent
   * @throws IllegalArgumentException if a value is negative
   */
  public EmulatedLink(long bitsPerSecond, long delayNanos) {
    if (bitsPerSecond < 0 || delayNanos < 0) {
      throw new IllegalArgumentException(
          "A link of %d bit/s with %d ns delay is impossible."
              .formatted(bitsPerSecond, delayNanos));
    }
    this.bitsPerSecond = bitsPerSecond;
    this.delayNanos = delayNanos;
    double bytesPerPiece = bitsPerSecond / 8.0 * PIECE_NANOS / NANOS_PER_SECOND;
    this.pieceBytes =
        bitsPerSecond == 0
            ? MAX_PIECE_BYTES
            : (int) Math.max(MIN_PIECE_BYTES, Math.min(MAX_PIECE_BYTES, bytesPerPiece));
    long bucketNanos = Math.min(MAX_SLACK_NANOS, durationNanos(MAX_PIECE_BYTES));
    this.slackNanos = Math.max(Math.max(MIN_SLACK_NANOS, bucketNanos), durationNanos(pieceBytes));
  }

  @Override
  public int pieceBytes() {
    return pieceBytes;
  }

  @Override
  public long delayNanos() {
    return delayNanos;
  }

  /**
   * Returns the most a late thread may catch up: 64 KB within 1 to 5 ms, or one piece if longer.
   */
  long slackNanos() {
    return slackNanos;
  }

  /** Returns how long the line is occupied by that many bytes. */
  long durationNanos(int bytes) {
    return bitsPerSecond == 0
        ? 0
        : (long) Math.ceil(bytes * 8.0 * NANOS_PER_SECOND / bitsPerSecond);
  }

  @Override
  public long depart(int bytes, long readyNanos, long nowNanos) {
    return egress.pass(bytes, notBefore(readyNanos, nowNanos - slackNanos));
  }

  @Override
  public long arrive(int bytes, long followsNanos, long nowNanos) {
    // at this rate, bytes that are here now began to come that long ago, or before if we are late
    long began = nowNanos - durationNanos(bytes);
    long start = followsNanos - began < 0 ? notBefore(followsNanos, began - slackNanos) : began;
    return ingress.pass(bytes, start);
  }

  private static long notBefore(long nanos, long earliestNanos) {
    return nanos - earliestNanos < 0 ? earliestNanos : nanos;
  }

  /** One direction: when the last piece has passed. */
  private final class Line {
    private boolean used;
    private long freeNanos;
    // a fraction of a nanosecond per piece would add up to more than the promised 1 %
    private double fraction;

    synchronized long pass(int bytes, long readyNanos) {
      if (!used || freeNanos - readyNanos < 0) {
        used = true;
        freeNanos = readyNanos;
        fraction = 0;
      }
      double nanos =
          bitsPerSecond == 0 ? 0 : bytes * 8.0 * NANOS_PER_SECOND / bitsPerSecond + fraction;
      long whole = (long) nanos;
      fraction = nanos - whole;
      freeNanos += whole;
      return freeNanos;
    }
  }
}
