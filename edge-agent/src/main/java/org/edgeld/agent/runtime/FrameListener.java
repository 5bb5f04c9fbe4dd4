package org.edgeld.agent.runtime;

import java.nio.ByteBuffer;
import org.edgeld.model.TensorId;

/** Told how frames end; called on the runner's thread. */
public interface FrameListener {
  /**
   * The head has an output.
   *
   * @param frame the frame
   * @param tensor which output
   * @param bytes NHWC, untouched until {@code written} runs
   * @param written to be run when the bytes are no longer needed, on any thread
   */
  void output(long frame, TensorId tensor, ByteBuffer bytes, Runnable written);

  /**
   * The head has every output.
   *
   * @param frame the frame
   * @param startNanos when the input was there
   * @param endNanos when the last output was there
   */
  void done(long frame, long startNanos, long endNanos);

  /**
   * Every step is done and every slice has left.
   *
   * @param frame the frame
   * @param times when what happened
   */
  void report(long frame, FrameTimes times);

  /**
   * The program cannot go on.
   *
   * @param frame the frame under way
   * @param step the step under way, -1 outside the program
   * @param cause what happened
   */
  void failed(long frame, int step, Throwable cause);
}
