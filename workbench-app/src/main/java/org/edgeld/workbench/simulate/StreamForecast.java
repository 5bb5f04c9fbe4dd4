package org.edgeld.workbench.simulate;

import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cost.CostModel;

/**
 * Predicts how long batches of frames take of which a few are under way at one time. Frames in
 * flight wait for each other at processors and interfaces, so with few of them the throughput is
 * below what the busiest resource allows ({@link SteadyState}), and below their number over the
 * latency of a frame that is alone (Little 1961).
 */
public final class StreamForecast {
  /** Steps that are simulated at most; what follows goes on at the pace of the last frames. */
  private static final int MOST_STEPS = 1_000_000;

  /** Frames that are simulated for a pace, in multiples of those in flight. */
  private static final int ROUNDS = 25;

  private final ProgramSet programs;
  private final CostModel cost;
  private final double inputNanos;
  private final int steps;

  /** What no frame falls below: the busiest resource's time for it. */
  private final double leastNanos;

  private final double aloneNanos;

  /**
   * @param cost of the programs' model and devices
   * @param inputNanos how long an input occupies the head's incoming interface
   */
  public StreamForecast(ProgramSet programs, CostModel cost, double inputNanos) {
    this.programs = programs;
    this.cost = cost;
    this.inputNanos = inputNanos;
    this.steps =
        Math.max(1, programs.programs().stream().mapToInt(program -> program.steps().size()).sum());
    this.leastNanos = SteadyState.of(programs, cost).nanosPerFrame();
    this.aloneNanos = outputs(1, 1)[0];
  }

  /**
   * Returns the time from the first input being at the head to the last output being there.
   *
   * @param frames in the batch, at least 1
   * @param inFlight how many of them at one time, at least 1
   */
  public double batchNanos(int frames, int inFlight) {
    int atOnce = Math.min(frames, inFlight);
    int simulated = Math.min(frames, Math.max(ROUNDS * atOnce, MOST_STEPS / steps));
    double[] outputs = outputs(simulated, atOnce);
    double last = latest(outputs, simulated);
    return last + (frames - simulated) * pace(outputs, atOnce);
  }

  /**
   * Returns the time per frame of an endless stream.
   *
   * @param inFlight frames at one time, at least 1
   */
  public double nanosPerFrame(int inFlight) {
    return pace(outputs(ROUNDS * inFlight, inFlight), inFlight);
  }

  private double[] outputs(int frames, int inFlight) {
    return new StreamSimulation(programs, cost, frames, inFlight, inputNanos).run();
  }

  /**
   * Returns the time per frame between two rounds of frames. The first ones, which find everything
   * free, are left out, and the last ones, which nothing follows.
   */
  private double pace(double[] outputs, int inFlight) {
    int rounds = outputs.length / inFlight;
    if (rounds < 4) {
      return latest(outputs, outputs.length) / outputs.length;
    }
    int start = rounds / 2 * inFlight;
    int end = (rounds - 1) * inFlight;
    // frames that share interfaces end in bunches, so that a stretch of them may look too fast
    double pace = (latest(outputs, end) - latest(outputs, start)) / (end - start);
    return Math.max(pace, Math.max(leastNanos, aloneNanos / inFlight));
  }

  /** Returns when the last of the first frames is over. */
  private static double latest(double[] outputs, int count) {
    double latest = 0;
    for (int i = 0; i < count; i++) {
      latest = Math.max(latest, outputs[i]);
    }
    return latest;
  }
}
