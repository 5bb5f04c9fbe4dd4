package org.edgeld.workbench.trace;

import org.edgeld.program.DeviceId;

/**
 * One step of one device.
 *
 * @param device who
 * @param kind what it did
 * @param step index of the step in the device's program
 * @param startNanos since the frame's start, by the head's clock
 * @param endNanos since the frame's start, by the head's clock, at least {@code startNanos}
 */
public record Span(DeviceId device, Kind kind, int step, long startNanos, long endNanos) {
  /** What a device does during a span. */
  public enum Kind {
    COMPUTE,
    SEND,
    /** Waiting for a slice to arrive. */
    WAIT,
    /** Writing a slice in the precision in which it travels, or reading it. */
    SERIALISE,
    /**
     * Copying slices within memory: what was computed to where it meets other slices, which is part
     * of the computing span as well; what is sent into one piece, what arrived out of one.
     */
    ASSEMBLE;

    /** Tells whether it is what a step does, and not a part of that or work beside it. */
    public boolean isStep() {
      return this != SERIALISE && this != ASSEMBLE;
    }
  }

  public Span {
    if (endNanos < startNanos) {
      throw new IllegalArgumentException(
          "The span ends (%d) before it starts (%d).".formatted(endNanos, startNanos));
    }
  }

  /** Returns how long it took. */
  public long durationNanos() {
    return endNanos - startNanos;
  }
}
