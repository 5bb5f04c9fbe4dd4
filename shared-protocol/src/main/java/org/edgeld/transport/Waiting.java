package org.edgeld.transport;

import java.util.concurrent.locks.LockSupport;

/**
 * Waiting for a moment without spinning. Linux wakes a thread some 50 µs after it asked for, so it
 * asks for less; what is left over of early or late does not add up, because all schedules are
 * absolute.
 */
public final class Waiting {
  /** How much too early counts as in time. */
  static final long EARLY_NANOS = 20_000;

  private static final long OVERSHOOT_NANOS = 50_000;

  private Waiting() {}

  /** Tells whether the moment has come. */
  static boolean reached(long nanoTime, long nowNanos) {
    return nanoTime - nowNanos <= EARLY_NANOS;
  }

  /** Parks once, at most until the moment; may return early. */
  static void parkTowards(long nanoTime, long nowNanos) {
    LockSupport.parkNanos(Math.max(1, nanoTime - nowNanos - OVERSHOOT_NANOS));
  }

  /** Waits until the moment, a time of {@link System#nanoTime()}. */
  public static void until(long nanoTime) {
    for (long now = System.nanoTime(); !reached(nanoTime, now); now = System.nanoTime()) {
      parkTowards(nanoTime, now);
    }
  }
}
