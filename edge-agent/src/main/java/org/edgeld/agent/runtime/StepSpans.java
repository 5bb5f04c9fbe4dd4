package org.edgeld.agent.runtime;

/**
 * When something that only some steps of a frame need was done for each. Whoever did it writes it
 * down before what the frame's thread looks at, which makes it seen there.
 */
final class StepSpans {
  private final long[] startNanos;
  private final long[] endNanos;

  /**
   * @param steps how many steps there are; 0 if nothing is to be written down
   */
  StepSpans(int steps) {
    this.startNanos = new long[steps];
    this.endNanos = new long[steps];
  }

  /** Something was done for a step. */
  void put(int step, long start, long end) {
    startNanos[step] = start;
    endNanos[step] = end;
  }

  /** Returns per step how long after a time it began, 0 if it was not done. */
  long[] delayNanos(long[] stepNanos) {
    long[] delays = new long[startNanos.length];
    for (int i = 0; i < delays.length; i++) {
      delays[i] = endNanos[i] == startNanos[i] ? 0 : startNanos[i] - stepNanos[i];
    }
    return delays;
  }

  /** Returns per step how long it took. */
  long[] nanos() {
    long[] nanos = new long[startNanos.length];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = endNanos[i] - startNanos[i];
    }
    return nanos;
  }
}
