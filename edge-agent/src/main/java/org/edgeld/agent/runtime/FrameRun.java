package org.edgeld.agent.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.runtime.MemoryMap.Operand;
import org.edgeld.model.TensorId;
import org.edgeld.program.Step;
import org.edgeld.transport.DataHeader.TensorData;

/**
 * One frame: runs the steps in order, one each time it is asked to, and writes down when each ran.
 * Belongs to the runner's thread.
 */
final class FrameRun implements Step.Handler<Boolean> {
  /** Stands for no step: before the first and behind the last. */
  static final int NO_STEP = -1;

  private final ProgramRunner.Setup setup;
  private final TensorPlan plan;
  private final Outbox outbox;
  private final CpuShare share;
  private final Stopping stopping;
  private final long frame;
  private final FrameTensors tensors;
  private final Exchanges exchanges;
  private final boolean head;
  private final long[] startNanos;

  /** Writer threads fill in the ends of sends. */
  private final long[] endNanos;

  private int next;
  private boolean begun;
  private boolean reached;
  private boolean over;
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
   * @param outbox takes what is sent
   * @param share emulation of the runner's thread
   * @param stopping ends frames early
   */
  record Program(
      ProgramRunner.Setup setup,
      TensorPlan plan,
      Outbox outbox,
      CpuShare share,
      Stopping stopping) {}

  FrameRun(Program program, long frame, FrameTensors tensors) {
    this.setup = program.setup();
    this.plan = program.plan();
    this.outbox = program.outbox();
    this.share = program.share();
    this.stopping = program.stopping();
    this.frame = frame;
    this.tensors = tensors;
    this.exchanges = tensors.exchanges();
    this.head = setup.programs().head().equals(setup.device());
    int steps = plan.program().steps().size();
    this.startNanos = new long[steps];
    this.endNanos = new long[steps];
  }

  long frame() {
    return frame;
  }

  FrameTensors tensors() {
    return tensors;
  }

  /** Returns the step under way or waited for. */
  int step() {
    return begun && next < startNanos.length ? next : NO_STEP;
  }

  /** Tells whether every step is done and every slice has left. */
  boolean isOver() {
    return over;
  }

  /**
   * Does what comes next if it can be done now; tells whether it did. A frame that cannot go on
   * wakes the runner when it can.
   *
   * @param oldest whether all frames before this one are over
   */
  boolean advance(boolean oldest) {
    if (next == startNanos.length) {
      boolean ends = !over && exchanges.allLeft();
      over |= ends;
      return ends;
    }
    begun = begun || mayBegin(oldest);
    if (!begun) {
      return false;
    }
    if (!reached) {
      // a receive is reached when the frame begins to wait for it, and may be tried often
      reached = true;
      startNanos[next] = System.nanoTime();
      endNanos[next] = startNanos[next];
    }
    if (!plan.program().steps().get(next).accept(this)) {
      return false;
    }
    reached = false;
    next++;
    if (next == startNanos.length) {
      end();
    }
    return true;
  }

  private boolean mayBegin(boolean oldest) {
    if (head) {
      return exchanges.isHere(Operand.BEFORE);
    }
    int first = plan.firstReceive();
    return oldest || first == 0 || exchanges.isHere(first);
  }

  private void end() {
    long end = System.nanoTime();
    if (head) {
      yieldOutputs();
      setup.listener().done(frame, exchanges.arrivedNanos(Operand.BEFORE), end);
    }
    exchanges.stepsDone();
  }

  private void yieldOutputs() {
    List<TensorId> outputs = plan.graph().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      Part part = plan.outputs().get(i);
      SharedRegion whole = tensors.take(part);
      setup.listener().output(frame, outputs.get(i), whole.view(part.region()), whole::release);
    }
  }

  /** Tells when the steps ran. */
  void report() {
    setup
        .listener()
        .report(
            frame,
            new FrameTimes(
                startNanos,
                endNanos,
                overcommittedNanos,
                exchanges.serialised().delayNanos(startNanos),
                exchanges.serialised().nanos(),
                exchanges.assembled().delayNanos(startNanos),
                exchanges.assembled().nanos(),
                exchanges.sentBytes()));
  }

  @Override
  public Boolean receive(Step.Receive receive) {
    if (!exchanges.isHere(next)) {
      return false;
    }
    // the processor may have been busy with another frame when it came
    endNanos[next] = Math.max(startNanos[next], exchanges.arrivedNanos(next));
    return true;
  }

  @Override
  public Boolean compute(Step.Compute compute) {
    Pacer pacer =
        () -> {
          stopping.check();
          share.operatorDone();
        };
    long assembled = emulated(() -> tensors.compute(next, setup.model(), pacer, share::workNanos));
    long end = System.nanoTime();
    endNanos[next] = end;
    // most of it is done with the results, so all of it counts at the end of the step
    exchanges.assembled().put(next, end - assembled, end);
    return true;
  }

  @Override
  public Boolean send(Step.Send send) {
    Part part = plan.sent(next);
    SharedRegion payload;
    if (part.inOnePiece()) {
      payload = tensors.take(part);
    } else {
      payload = emulated(() -> tensors.take(part));
      exchanges.assembled().put(next, startNanos[next], System.nanoTime());
    }
    outbox.send(
        new Outbox.Outgoing(
            send.to(),
            new TensorData(setup.deployment(), frame, send.slice()),
            payload,
            part.region(),
            next,
            exchanges,
            new Departure(next)));
    return true;
  }

  @Override
  public Boolean release(Step.Release release) {
    tensors.release(next);
    return true;
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

  /** What becomes of the slice of a send step. */
  private final class Departure implements Outbox.Departure {
    private final int step;

    Departure(int step) {
      this.step = step;
    }

    @Override
    public void written(long nanos) {
      endNanos[step] = Math.max(nanos, startNanos[step]);
      exchanges.left();
    }

    @Override
    public void failed(Throwable cause) {
      stopping.stop(cause);
    }
  }
}
