package org.edgeld.workbench.experiment;

import java.util.function.LongSupplier;
import org.edgeld.workbench.job.JobMonitor;

/** Cancels a part of a job when its time is over, and shows it as a part of the whole. */
final class TimeLimit implements JobMonitor {
  private final JobMonitor whole;
  private final String words;
  private final double from;
  private final double to;
  private final LongSupplier nanoClock;
  private final long endNanos;

  /**
   * @param words what is under way
   * @param from fraction of the whole before this part
   * @param to fraction of the whole after this part
   */
  TimeLimit(
      JobMonitor whole,
      String words,
      double from,
      double to,
      int limitSeconds,
      LongSupplier nanoClock) {
    this.whole = whole;
    this.words = words;
    this.from = from;
    this.to = to;
    this.nanoClock = nanoClock;
    this.endNanos = nanoClock.getAsLong() + limitSeconds * 1_000_000_000L;
  }

  @Override
  public void progress(String what, double fraction) {
    whole.progress(words, from + (to - from) * Math.max(0, Math.min(1, fraction)));
  }

  @Override
  public boolean cancelled() {
    return whole.cancelled() || over();
  }

  /** Tells whether the time is over. */
  boolean over() {
    return nanoClock.getAsLong() - endNanos >= 0;
  }
}
