package org.edgeld.agent.emulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;
import org.edgeld.agent.engine.Pacer;

/**
 * Stretches the compute steps of one thread so that it seems to run on a slower core: a step that
 * took {@code c} of processor time ends {@code c / share} after it began. Agents on one computer
 * thus do not disturb each other's figures as long as their shares fit into its cores, which {@link
 * #overcommittedNanos} tells.
 *
 * <p>The thread sleeps between operators, against the schedule of the whole step, so a sleep that
 * lasts too long is made up for at the next operator and errors do not add up; what remains is the
 * last wake-up of a step, some 0.1 ms. Processor time is read with {@link
 * ThreadMXBean#getCurrentThreadCpuTime}: nanosecond resolution on Linux, under a microsecond a
 * call.
 *
 * <p>Emulated is the speed of arithmetic only. Memory bandwidth and caches are this computer's, so
 * operators bound by memory slow down by the share too, and processor time itself grows a little
 * when other agents fill the caches. Helper threads of the engine are not counted: emulate with one
 * compute thread. A share of 1 does nothing and costs nothing.
 *
 * <p>Belongs to one thread: the one that computes calls every method.
 */
public final class CpuShare implements Pacer {
  /** What the emulation reads and how it waits; tests have their own. */
  public interface Clock {
    /** Returns the processor time of the calling thread. */
    long cpuNanos();

    /** Returns the monotonic time. */
    long wallNanos();

    /** Waits at least about so long, or is woken early. */
    void parkNanos(long nanos);
  }

  private final double share;
  private final Clock clock;
  private long beginWallNanos;
  private long beginCpuNanos;
  private long overcommittedNanos;

  /**
   * Emulates with the computer's clocks.
   *
   * @param share fraction of one core, in (0, 1]
   */
  public CpuShare(double share) {
    this(share, new SystemClock());
  }

  /** Emulates with given clocks. */
  public CpuShare(double share, Clock clock) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "The CPU share (" + share + ") is not within (0, 1]. Maybe it is meant in percent.");
    }
    this.share = share;
    this.clock = clock;
  }

  /** Starts a compute step. */
  public void begin() {
    overcommittedNanos = 0;
    if (share < 1) {
      beginWallNanos = clock.wallNanos();
      beginCpuNanos = clock.cpuNanos();
    }
  }

  @Override
  public void operatorDone() {
    if (share < 1) {
      waitUntilDue();
    }
  }

  /** Ends a compute step, when it is due. */
  public void end() {
    if (share < 1) {
      long due = waitUntilDue();
      overcommittedNanos = Math.max(0, clock.wallNanos() - due);
    }
  }

  /**
   * Returns how much later than due the last step ended: about 0.1 ms if the share was kept, more
   * if the computer was too busy to give it.
   */
  public long overcommittedNanos() {
    return overcommittedNanos;
  }

  private long waitUntilDue() {
    long stretched = (long) ((clock.cpuNanos() - beginCpuNanos) / share);
    long due = beginWallNanos + stretched;
    long left = due - clock.wallNanos();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      clock.parkNanos(left);
      left = due - clock.wallNanos();
    }
    return due;
  }

  private static final class SystemClock implements Clock {
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
    public void parkNanos(long nanos) {
      LockSupport.parkNanos(this, nanos);
    }
  }
}
