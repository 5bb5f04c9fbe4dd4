package org.edgeld.agent.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the frames in flight on the runner's thread, one step at a time: always the next step of the
 * oldest frame that can go on. So a frame is held up by an older one for a step at most, by a
 * younger one for the step under way, and the processor rests only when every frame waits for
 * something. Then the thread sleeps until that comes.
 *
 * <p>A program may begin with steps that need nothing from others. The oldest frame runs them at
 * once, the others when their first slice is here: a device must not be ahead of the input by more
 * than its peers take ({@link FrameWindow}).
 *
 * <p>A younger frame may be over before an older one, where their last slices leave by different
 * links. The window moves on when the oldest is over.
 */
final class FrameScheduler {
  private final FrameRun.Program program;
  private final FrameWindow window;

  /** Oldest first, all that may be in flight. */
  private final List<FrameRun> runs = new ArrayList<>();

  private long nextFrame;

  /** The frame under way, or else the oldest. */
  private FrameRun current;

  /**
   * @throws IOException never while the window is as new as this
   */
  FrameScheduler(FrameRun.Program program, FrameWindow window) throws IOException {
    this.program = program;
    this.window = window;
    fill();
    this.current = runs.get(0);
  }

  private void fill() throws IOException {
    while (runs.size() < window.framesInFlight()) {
      runs.add(new FrameRun(program, nextFrame, window.of(nextFrame)));
      nextFrame++;
    }
  }

  /** Runs frames until the program is stopped, and ends with the cause. */
  void run() throws IOException {
    while (true) {
      current = runs.get(0);
      program.stopping().check();
      if (!advance()) {
        // whatever has come since the frames were asked makes this return at once
        LockSupport.park(this);
      }
    }
  }

  private boolean advance() throws IOException {
    // without an iterator: this runs for every step
    for (int i = 0; i < runs.size(); i++) {
      FrameRun run = runs.get(i);
      current = run;
      if (run.advance(i == 0)) {
        if (run.isOver()) {
          end(run);
        }
        return true;
      }
    }
    return false;
  }

  private void end(FrameRun run) throws IOException {
    run.tensors().releaseAll();
    while (!runs.isEmpty() && runs.get(0).isOver()) {
      runs.remove(0);
      window.slide();
    }
    fill();
    current = runs.get(0);
    // who hears of the end may send the next input, which then finds the buffers free
    run.report();
  }

  /** Returns the frame under way, or the oldest if all wait. */
  long frame() {
    return current.frame();
  }

  /** Returns the step of that frame that is under way or waited for, -1 outside the program. */
  int step() {
    return current.step();
  }
}
