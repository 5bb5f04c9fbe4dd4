package org.edgeld.transport;

/**
 * The network interface of one device, shared by everything it sends and receives. It only computes
 * times, by absolute schedule, so that late threads do not slow a link down; the connections wait.
 *
 * <p>Times are those of {@link System#nanoTime()}. Thread-safe.
 */
public interface LinkShaper {
  /** Returns the longest piece that is scheduled at once; connections take turns by pieces. */
  int pieceBytes();

  /** Returns how long after its departure a piece reaches the network. */
  long delayNanos();

  /**
   * Schedules a piece to be sent.
   *
   * @param bytes its length
   * @param readyNanos when it was there to be sent: when its frame was handed over, or when the
   *     piece before it departed
   * @param nowNanos the time now; what lies too far behind it is lost
   * @return when its last bit has left the interface, the delay not included
   */
  long depart(int bytes, long readyNanos, long nowNanos);

  /**
   * Schedules a piece that has come in.
   *
   * @param bytes its length
   * @param followsNanos when the piece before it in the same frame had passed, so that a reader who
   *     comes late does not slow the link down; {@code nowNanos} for the first of a frame
   * @param nowNanos the time now, when its last byte was read
   * @return when its last bit has passed the interface; until then it has not been received
   */
  long arrive(int bytes, long followsNanos, long nowNanos);

  /** Returns the interface as it is: nothing is slowed down. */
  static LinkShaper none() {
    return Unshaped.INSTANCE;
  }
}
