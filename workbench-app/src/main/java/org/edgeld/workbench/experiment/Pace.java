package org.edgeld.workbench.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.edgeld.workbench.experiment.spec.Trial;

/** How fast a sweep goes on, measured by its own forecast. */
final class Pace {
  private final Forecast forecast;
  private final List<Trial> left;
  private final List<Trial> finished = new ArrayList<>();
  private final double forecastSeconds;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private long pausedNanos;

  /**
   * @param missing the trials to come, in their order
   */
  Pace(Forecast forecast, List<Trial> missing, LongSupplier nanoClock) {
    this.forecast = forecast;
    this.left = new ArrayList<>(missing);
    this.forecastSeconds = forecast.seconds(missing);
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
  }

  void finished(Trial trial) {
    left.remove(trial);
    finished.add(trial);
  }

  /** Leaves out time in which nothing was measured. */
  void paused(long nanos) {
    pausedNanos += nanos;
  }

  /** Returns how long the trials that are left may take. */
  double secondsLeft() {
    double ahead = forecast.seconds(left, finished);
    double behind = forecastSeconds - ahead;
    double spent = (nanoClock.getAsLong() - startNanos - pausedNanos) / 1e9;
    // before anything is finished only the forecast is known
    double factor = behind > 0 && spent > 0 ? spent / behind : 1;
    return ahead * factor;
  }
}
