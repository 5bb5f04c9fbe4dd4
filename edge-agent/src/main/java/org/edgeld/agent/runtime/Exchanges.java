package org.edgeld.agent.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What has come and what has left of one frame. Reader and writer threads write it down and wake
 * the runner only if it waits for just that; the runner asks, and sleeps if nothing can go on.
 */
final class Exchanges {
  /** Stands for no arrival that the frame waits for. */
  private static final int NOTHING = Integer.MIN_VALUE;

  private static final long NOT_YET = 0;

  private final Runnable wake;

  /** By step, the one before the first included. */
  private final AtomicLongArray arrivedNanos;

  /** Slices that have not left, and one for the steps that are not done. */
  private final AtomicInteger leaving;

  private final AtomicLong sentBytes = new AtomicLong();

  /** By step, when its slice began to be serialised and when that was done. */
  private final long[] serialiseStartNanos;

  private final long[] serialiseEndNanos;

  private volatile int awaited = NOTHING;

  /**
   * @param plan the program of the frame
   * @param serialises whether slices are serialised, which is then written down
   * @param wake wakes the runner; called on any thread, also without need
   */
  Exchanges(TensorPlan plan, boolean serialises, Runnable wake) {
    this.wake = wake;
    int steps = plan.program().steps().size();
    this.arrivedNanos = new AtomicLongArray(1 + steps);
    this.serialiseStartNanos = new long[serialises ? steps : 0];
    this.serialiseEndNanos = new long[serialises ? steps : 0];
    this.leaving = new AtomicInteger(1 + plan.sends());
  }

  /**
   * What a step waits for is in its place.
   *
   * @param step the step, -1 for the model's input, which is there before the first
   */
  void arrived(int step) {
    long now = System.nanoTime();
    arrivedNanos.set(1 + step, now == NOT_YET ? now + 1 : now);
    // the runner writes down what it waits for before it looks here once more
    if (awaited == step) {
      wake.run();
    }
  }

  /** Tells the runner whether what a step waits for is here; if not, its arrival wakes it. */
  boolean isHere(int step) {
    if (arrivedNanos.get(1 + step) != NOT_YET) {
      return true;
    }
    awaited = step;
    return arrivedNanos.get(1 + step) != NOT_YET;
  }

  /** Returns when what a step waits for came, which {@link #isHere} said. */
  long arrivedNanos(int step) {
    return arrivedNanos.get(1 + step);
  }

  /**
   * The slice of a step was written in the precision in which it travels, or read from it; told
   * before the slice has left or arrived, which makes it seen by the runner.
   */
  void serialised(int step, long startNanos, long endNanos) {
    serialiseStartNanos[step] = startNanos;
    serialiseEndNanos[step] = endNanos;
  }

  /** Returns per step how long after a time its slice began to be serialised, 0 if it was not. */
  long[] serialiseDelayNanos(long[] startNanos) {
    long[] delays = new long[serialiseStartNanos.length];
    for (int i = 0; i < delays.length; i++) {
      boolean done = serialiseEndNanos[i] != serialiseStartNanos[i];
      delays[i] = done ? serialiseStartNanos[i] - startNanos[i] : 0;
    }
    return delays;
  }

  /** Returns per step how long its slice was serialised. */
  long[] serialiseNanos() {
    long[] nanos = new long[serialiseStartNanos.length];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = serialiseEndNanos[i] - serialiseStartNanos[i];
    }
    return nanos;
  }

  /** A slice of so many bytes is on its way. */
  void sent(int bytes) {
    sentBytes.addAndGet(bytes);
  }

  /** Returns the bytes of all slices sent. */
  long sentBytes() {
    return sentBytes.get();
  }

  /** A slice has left. */
  void left() {
    if (leaving.decrementAndGet() == 0) {
      wake.run();
    }
  }

  /** The runner has done all steps; the last slice that leaves wakes it. */
  void stepsDone() {
    leaving.decrementAndGet();
  }

  /** Tells whether all steps are done and every slice has left. */
  boolean allLeft() {
    return leaving.get() == 0;
  }
}
