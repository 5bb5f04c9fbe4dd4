package org.edgeld.workbench.experiment;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.edgeld.workbench.job.JobMonitor;

/**
 * Cancels a part of a job when its time is over, and shows it as a part of the whole. Its time runs
 * from {@link #begin}, which may be called anew.
 */
final class TimeLimit implements JobMonitor {
  private final JobMonitor whole;
  private final String words;
  private final double from;
  private final double to;
  private final LongSupplier nanoClock;
  private OptionalLong beginNanos = OptionalLong.empty();
  private int limitSeconds;

  /**
   * @param words what is under way
   * @param from fraction of the whole before this part
   * @param to fraction of the whole after this part
   */
  TimeLimit(JobMonitor whole, String words, double from, double to, LongSupplier nanoClock) {
    this.whole = whole;
    this.words = words;
    this.from = from;
    this.to = to;
    this.nanoClock = nanoClock;
  }

  /** Starts the time, in place of what was left of an earlier one. */
  void begin(int seconds) {
    limitSeconds = seconds;
    beginNanos = OptionalLong.of(nanoClock.getAsLong());
  }

  /** Returns the limit under way, in seconds. */
  int seconds() {
    return limitSeconds;
  }

  @Override
  public void progress(String what, double fraction) {
    // waiting has no measure, so its words are shown
    String said = fraction < 0 ? what + " – " + words : words;
    whole.progress(said, from + (to - from) * Math.max(0, Math.min(1, fraction)));
  }

  @Override
  public boolean cancelled() {
    return whole.cancelled() || over();
  }

  /** Tells whether the time is over. */
  boolean over() {
    return beginNanos.isPresent()
        && nanoClock.getAsLong() - beginNanos.getAsLong() >= limitSeconds * 1_000_000_000L;
  }
}
