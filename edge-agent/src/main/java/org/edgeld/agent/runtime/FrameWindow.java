package org.edgeld.agent.runtime;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The frames that a device takes slices of: the oldest that is not over and those after it, as many
 * as may be in flight, and one more. Of that one only slices come that no input is needed for, such
 * as rows of padding, from a peer who is done with the frame before; the workbench sends its input
 * later. Nobody can make the device hold more than the tensors of these. Thread-safe.
 */
final class FrameWindow {
  private final int framesInFlight;
  private final Supplier<FrameTensors> fresh;
  private final Map<Long, FrameTensors> frames = new HashMap<>();
  private long oldest;

  /**
   * @param framesInFlight how many run at one time, at least 1
   * @param fresh makes the tensors of a frame
   */
  FrameWindow(int framesInFlight, Supplier<FrameTensors> fresh) {
    if (framesInFlight < 1) {
      throw new IllegalArgumentException(framesInFlight + " frames cannot be in flight.");
    }
    this.framesInFlight = framesInFlight;
    this.fresh = fresh;
  }

  /** Returns how many frames run at one time. */
  int framesInFlight() {
    return framesInFlight;
  }

  /**
   * Returns the tensors of a frame, which may fill before it runs.
   *
   * @throws IOException if the frame is over or too far ahead
   */
  synchronized FrameTensors of(long number) throws IOException {
    if (number < oldest || number - oldest > framesInFlight) {
      throw new IOException(
          "A slice of frame %d arrives while frame %d runs and %d may be in flight."
              .formatted(number, oldest, framesInFlight));
    }
    return frames.computeIfAbsent(number, n -> fresh.get());
  }

  /** The oldest frame is over; one more is taken. */
  synchronized void slide() {
    frames.remove(oldest);
    oldest++;
  }

  /** Forgets all frames; returns their tensors. */
  synchronized List<FrameTensors> clear() {
    List<FrameTensors> left = List.copyOf(frames.values());
    frames.clear();
    return left;
  }
}
