package org.edgeld.agent.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.model.TensorId;
import org.edgeld.program.Step;
import org.edgeld.transport.DataHeader.TensorData;

/** One frame: runs the steps in order and writes down when each ran. */
final class FrameRun implements Step.Handler<Void> {
  /** Stands for no step: before the first and behind the last. */
  static final int NO_STEP = -1;

  private final ProgramRunner.Setup setup;
  private final TensorPlan plan;
  private final CpuShare share;
  private final Stopping stopping;
  private final long frame;
  private final FrameTensors tensors;
  private final long[] startNanos;

  /** Writer threads fill in the ends of sends. */
  private final long[] endNanos;

  private int step = NO_STEP;
  private long overcommittedNanos;

  /** How a frame learns that it shall end early, and makes it so. */
  interface Stopping {
    /** Throws if the program was stopped. */
    void check();

    /** Stops the program. */
    void stop(Throwable cause);
  }

  /**
   * What the frames of a program have in common.
   *
   * @param setup what the runner was given
   * @param plan where everything lies
   * @param share emulation of the runner's thread
   * @param stopping ends frames early
   */
  record Program(ProgramRunner.Setup setup, TensorPlan plan, CpuShare share, Stopping stopping) {}

  FrameRun(Program program, long frame, FrameTensors tensors) {
    this.setup = program.setup();
    this.plan = program.plan();
    this.share = program.share();
    this.stopping = program.stopping();
    this.frame = frame;
    this.tensors = tensors;
    int steps = plan.program().steps().size();
    this.startNanos = new long[steps];
    this.endNanos = new long[steps];
  }

  /** Returns the step under way. */
  int step() {
    return step;
  }

  /**
   * Runs all steps, and returns when every slice has left. If the program is stopped, it throws the
   * cause soon, whatever the frame waits for.
   */
  void run() {
    boolean head = setup.programs().head().equals(setup.device());
    if (head) {
      tensors.input().join();
    }
    long start = System.nanoTime();
    List<Step> steps = plan.program().steps();
    for (int i = 0; i < steps.size(); i++) {
      stopping.check();
      step = i;
      startNanos[i] = System.nanoTime();
      endNanos[i] = startNanos[i];
      steps.get(i).accept(this);
    }
    long end = System.nanoTime();
    step = NO_STEP;
    if (head) {
      yieldOutputs();
      setup.listener().done(frame, start, end);
    }
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Send) {
        tensors.exchange(i).join();
      }
    }
  }

  /** Tells when the steps ran. */
  void report() {
    setup.listener().report(frame, startNanos, endNanos, overcommittedNanos);
  }

  private void yieldOutputs() {
    List<TensorId> outputs = plan.graph().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      Part part = plan.outputs().get(i);
      SharedRegion whole = tensors.take(part);
      setup.listener().output(frame, outputs.get(i), whole.view(part.region()), whole::release);
    }
  }

  @Override
  public Void receive(Step.Receive receive) {
    tensors.exchange(step).join();
    endNanos[step] = System.nanoTime();
    return null;
  }

  @Override
  public Void compute(Step.Compute compute) {
    Pacer pacer =
        () -> {
          stopping.check();
          share.operatorDone();
        };
    emulated(
        () -> {
          tensors.compute(step, setup.model(), pacer);
          return true;
        });
    endNanos[step] = System.nanoTime();
    return null;
  }

  @Override
  public Void send(Step.Send send) {
    Part part = plan.sent(step);
    SharedRegion payload =
        part.inOnePiece() ? tensors.take(part) : emulated(() -> tensors.take(part));
    int index = step;
    setup
        .links()
        .send(
            send.to(),
            new TensorData(setup.deployment(), frame, send.slice()),
            payload.view(part.region()),
            nanos -> {
              endNanos[index] = Math.max(nanos, startNanos[index]);
              payload.release();
              tensors.left(index);
            },
            cause -> {
              payload.release();
              stopping.stop(cause);
            });
    return null;
  }

  @Override
  public Void release(Step.Release release) {
    tensors.release(step);
    return null;
  }

  /** Does work of this device's processor as slowly as the emulated one would. */
  private <T> T emulated(Supplier<T> work) {
    share.begin();
    try {
      return work.get();
    } finally {
      share.end();
      overcommittedNanos += share.overcommittedNanos();
    }
  }
}
