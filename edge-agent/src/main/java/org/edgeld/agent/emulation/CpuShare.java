package org.edgeld.agent.emulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;
import org.edgeld.agent.engine.Pacer;

/**
 * Stretches the compute steps of one thread so that it seems to run on a slower core: a step that
 * took {@code c} of processor time ends {@code c / share} after it began. Agents on one computer
 * thus do not disturb each other's figures as long as their shares fit into its cores, which {@link
 * #overcommittedNanos} tells. Those that share a core compute one at a time ({@link Turn}); waiting
 * for the turn passes while the step would sleep anyway.
 *
 * <p>The thread computes in bursts: it sleeps at the end of the step, and before that only between
 * operators when it has computed for {@link #BURST_NANOS} since it slept last. A processor that
 * slept finds its caches cold and its vector units asleep, and needs up to 0.3 ms of processor time
 * until it is as fast as before. Stretched by the share that would be milliseconds, and more or
 * less of them as other work keeps the processor awake. So it is woken by some work that does not
 * count: it passes while the step would sleep anyway. Sleeps go by the schedule of the whole step,
 * so one that lasts too long is made up for and errors do not add up. A thread that sleeps is woken
 * 0.1 ms late and more, which a board that computes does not know, so it sleeps a little less and
 * watches the clock for the rest. Processor time is read with {@link
 * ThreadMXBean#getCurrentThreadCpuTime}: nanosecond resolution on Linux, under a microsecond a
 * call.
 *
 * <p>Emulated is the speed of arithmetic only. Memory bandwidth and caches are this computer's, so
 * operators bound by memory slow down by the share too, and processor time itself grows a little
 * when other agents fill the caches. Helper threads of the engine are not counted: emulate with one
 * compute thread. A share of 1 does nothing.
 *
 * <p>Belongs to one thread: the one that computes calls every method. It closes the emulation when
 * it ends, for an exception may have ended a step that has the turn.
 */
public final class CpuShare implements Pacer, AutoCloseable {
  /** What the emulation reads and how it waits; tests have their own. */
  public interface Clock {
    /** Returns the processor time of the calling thread. */
    long cpuNanos();

    /** Returns the monotonic time. */
    long wallNanos();

    /** Waits so long, or is woken early. */
    void waitNanos(long nanos);
  }

  /** Processor time between two sleeps within a step, at least. */
  static final long BURST_NANOS = 10_000_000;

  private final double share;
  private final Clock clock;
  private final Runnable wakeUp;
  private final Turn turn;
  private boolean computing;
  private long beginWallNanos;
  private long beginCpuNanos;
  private long awakeCpuNanos;
  private long overcommittedNanos;

  /**
   * Emulates with the computer's clocks, and takes the processor as it comes.
   *
   * @param share fraction of one core, in (0, 1]
   */
  public CpuShare(double share) {
    this(share, () -> {}, Turn.always());
  }

  /**
   * Emulates with the computer's clocks.
   *
   * @param share fraction of one core, in (0, 1]
   * @param wakeUp work of this thread that makes the processor as fast as it is when it is busy
   * @param turn when to compute, if other emulated devices share the core
   */
  public CpuShare(double share, Runnable wakeUp, Turn turn) {
    this(share, new SystemClock(), wakeUp, turn);
  }

  /** Emulates with given clocks, and takes the processor as it comes. */
  public CpuShare(double share, Clock clock) {
    this(share, clock, () -> {}, Turn.always());
  }

  /** Emulates with given clocks. */
  public CpuShare(double share, Clock clock, Runnable wakeUp, Turn turn) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "The CPU share (" + share + ") is not within (0, 1]. Maybe it is meant in percent.");
    }
    this.share = share;
    this.clock = clock;
    this.wakeUp = wakeUp;
    this.turn = turn;
  }

  /**
   * Returns the emulation of another core of the same device, for short work beside computing: it
   * waits for no turn and wakes no processor, which would take longer than such work.
   */
  public CpuShare onAnotherCore() {
    return new CpuShare(share, clock);
  }

  /** Starts a compute step. */
  public void begin() {
    overcommittedNanos = 0;
    beginWallNanos = clock.wallNanos();
    if (share < 1) {
      compute();
      beginCpuNanos = clock.cpuNanos();
      awakeCpuNanos = beginCpuNanos;
    }
  }

  @Override
  public void operatorDone() {
    if (share < 1) {
      long cpu = clock.cpuNanos();
      if (cpu - awakeCpuNanos >= BURST_NANOS) {
        close();
        waitUntilDue(cpu);
        compute();
        awakeCpuNanos = clock.cpuNanos();
        beginCpuNanos += awakeCpuNanos - cpu;
      }
    }
  }

  /** Ends a compute step, when it is due. */
  public void end() {
    if (share < 1) {
      long cpu = clock.cpuNanos();
      close();
      long due = waitUntilDue(cpu);
      overcommittedNanos = Math.max(0, clock.wallNanos() - due);
    }
  }

  /**
   * Returns how long the emulated processor has worked since {@link #begin}, sleeps not counted:
   * processor time over the share, or, of a whole core, the time that has passed.
   */
  public long workNanos() {
    return share < 1
        ? (long) ((clock.cpuNanos() - beginCpuNanos) / share)
        : clock.wallNanos() - beginWallNanos;
  }

  /**
   * Returns how much later than due the last step ended: next to nothing if the share was kept,
   * more if the computer was too busy to give it.
   */
  public long overcommittedNanos() {
    return overcommittedNanos;
  }

  /** Takes the turn, if this thread has not got it, and wakes the processor. */
  private void compute() {
    if (!computing) {
      turn.take();
      computing = true;
    }
    try {
      wakeUp.run();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Gives the turn back if a step has it. */
  @Override
  public void close() {
    if (computing) {
      computing = false;
      turn.give();
    }
  }

  private long waitUntilDue(long cpuNanos) {
    long stretched = (long) ((cpuNanos - beginCpuNanos) / share);
    long due = beginWallNanos + stretched;
    long left = due - clock.wallNanos();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      clock.waitNanos(left);
      left = due - clock.wallNanos();
    }
    return due;
  }

  private static final class SystemClock implements Clock {
    /**
     * By how much a thread is usually woken too late on an idle computer; longer, and many agents
     * that watch the clock would keep cores from the one that computes.
     */
    private static final long WAKE_UP_NANOS = 150_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public long cpuNanos() {
      return threads.getCurrentThreadCpuTime();
    }

    @Override
    public long wallNanos() {
      return System.nanoTime();
    }

    @Override
    public void waitNanos(long nanos) {
      long due = System.nanoTime() + nanos;
      if (nanos > WAKE_UP_NANOS) {
        LockSupport.parkNanos(this, nanos - WAKE_UP_NANOS);
      }
      while (due - System.nanoTime() > 0 && due - System.nanoTime() <= WAKE_UP_NANOS) {
        Thread.onSpinWait();
      }
    }
  }
}
