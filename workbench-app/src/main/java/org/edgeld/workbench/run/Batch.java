package org.edgeld.workbench.run;

import org.edgeld.program.Deployment;

/**
 * How many frames one repeat consists of, and how many of them are under way at one time. With
 * several, a device computes one frame while others are on their way or at other devices, which
 * plans need that give every device a stage of its own (Zhou et al., SEC 2019; Fig. 9 and 10 of Xue
 * et al., HPCC 2020, have batches of frames).
 *
 * @param frames frames of a repeat, at least 1
 * @param inFlight frames that the cluster holds at one time, at least 1 and at most {@code frames}
 *     and {@link Deployment#MOST_FRAMES_IN_FLIGHT}
 */
public record Batch(int frames, int inFlight) {
  /** One frame, alone: its batch time is its latency. */
  public static final Batch ONE = new Batch(1, 1);

  public Batch {
    if (frames < 1) {
      throw new IllegalArgumentException(
          "A batch of %d frames is impossible. Maybe use 1 frame.".formatted(frames));
    }
    int most = Math.min(frames, Deployment.MOST_FRAMES_IN_FLIGHT);
    if (inFlight < 1 || inFlight > most) {
      throw new IllegalArgumentException(
          "%d of %d frames cannot be in flight at one time. Maybe use %d in flight%s."
              .formatted(
                  inFlight,
                  frames,
                  inFlight < 1 ? 1 : most,
                  inFlight > frames ? ", or more frames" : ""));
    }
  }

  /**
   * Returns how many different inputs the frames have, in turns: enough that no two frames in
   * flight, nor the one before them, have the same, so that mixed-up frames are noticed.
   */
  public int inputs() {
    return Math.min(frames, inFlight + 1);
  }
}
