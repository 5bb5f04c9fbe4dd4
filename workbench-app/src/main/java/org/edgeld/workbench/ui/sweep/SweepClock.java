package org.edgeld.workbench.ui.sweep;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.edgeld.workbench.experiment.Durations;

/** How long a sweep has been measuring, waiting left out, and how long it may still take. */
final class SweepClock {
  private final LongSupplier nanoClock;
  private long spentNanos;
  private long startNanos;
  private boolean runs;
  private OptionalDouble secondsLeft = OptionalDouble.empty();
  private long leftSetNanos;

  SweepClock(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  void reset() {
    spentNanos = 0;
    runs = false;
    secondsLeft = OptionalDouble.empty();
  }

  void start() {
    if (!runs) {
      startNanos = nanoClock.getAsLong();
      runs = true;
    }
  }

  void stop() {
    if (runs) {
      spentNanos += nanoClock.getAsLong() - startNanos;
      runs = false;
    }
  }

  /** Remembers what is left from now on. */
  void left(OptionalDouble seconds) {
    secondsLeft = seconds;
    leftSetNanos = spent();
  }

  private long spent() {
    return spentNanos + (runs ? nanoClock.getAsLong() - startNanos : 0);
  }

  /** Returns both times in words, such as {@code 1:05 elapsed, about 12 min left}. */
  String words() {
    long seconds = spent() / 1_000_000_000;
    if (seconds == 0 && secondsLeft.isEmpty()) {
      return "";
    }
    String elapsed =
        seconds < 3600
            ? String.format(Locale.ROOT, "%d:%02d elapsed", seconds / 60, seconds % 60)
            : String.format(
                Locale.ROOT,
                "%d:%02d:%02d elapsed",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60);
    if (secondsLeft.isEmpty()) {
      return elapsed;
    }
    double left = secondsLeft.getAsDouble() - (spent() - leftSetNanos) / 1e9;
    return elapsed + ", " + Durations.words(Math.max(1, left)) + " left";
  }
}
