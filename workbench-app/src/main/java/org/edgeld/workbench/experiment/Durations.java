package org.edgeld.workbench.experiment;

import java.util.Locale;

/** Writes durations that are only roughly known. */
public final class Durations {
  private Durations() {}

  /** Returns a duration in words, such as {@code about 12 min}. */
  public static String words(double seconds) {
    if (seconds < 90) {
      return String.format(Locale.ROOT, "about %d s", Math.max(1, Math.round(seconds)));
    }
    return seconds < 5400
        ? String.format(Locale.ROOT, "about %d min", Math.round(seconds / 60))
        : String.format(Locale.ROOT, "about %.1f h", seconds / 3600);
  }
}
