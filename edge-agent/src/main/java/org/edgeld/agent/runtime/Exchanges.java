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

  /** Slices written in the precision in which they travel, or read from it. */
  private final StepSpans serialised;

  /** Slices copied within this device's memory. */
  private final StepSpans assembled;

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
    this.serialised = new StepSpans(serialises ? steps : 0);
    this.assembled = new StepSpans(steps);
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
   * Returns when slices were written in the precision in which they travel, or read from it; to be
   * told before a slice has left or arrived.
   */
  StepSpans serialised() {
    return serialised;
  }

  /**
   * Returns when slices were copied within this device's memory; of arriving ones to be told before
   * they have arrived.
   */
  StepSpans assembled() {
    return assembled;
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
