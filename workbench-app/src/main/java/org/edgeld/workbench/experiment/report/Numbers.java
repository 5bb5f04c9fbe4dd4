package org.edgeld.workbench.experiment.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.words.Figures;

/** Writes numbers for tables. */
public final class Numbers {
  private static final double THOUSAND = 1000;
  private static final MathContext THREE = new MathContext(3);

  private Numbers() {}

  /** Returns a number with three significant digits, or all those of a larger whole number. */
  public static String digits3(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal exact = new BigDecimal(value);
    return (Math.abs(value) < THOUSAND
            ? exact.round(THREE)
            : exact.setScale(0, RoundingMode.HALF_UP))
        .toPlainString();
  }

  /** Returns a share in per cent with its sign, such as {@code +3.1 %}. */
  public static String signedPercent(double share) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * share);
  }

  /**
   * Returns an estimate with its interval, such as {@code 12.3 [11.9, 12.8]}, or {@code 12.3 [?]}
   * if the interval is not known.
   */
  public static String interval(Interval interval) {
    return digits3(interval.value())
        + (interval.known()
            ? " [%s, %s]".formatted(digits3(interval.low()), digits3(interval.high()))
            : " [?]");
  }

  /** Returns the interval of a share in per cent, such as {@code +1.0 % to +3.1 %}. */
  public static String signedRange(Interval share) {
    return share.known()
        ? signedPercent(share.low()) + " to " + signedPercent(share.high())
        : "not known";
  }

  /**
   * Says what the noise floor is: {@code two measurements of the same differ by more than 3.1 % in
   * 5 of 100 cases, by 9 differences of equal plans}.
   *
   * @throws java.util.NoSuchElementException if it is not known
   */
  public static String noise(SweepSummary summary) {
    int differences = summary.noise().orElseThrow().degrees();
    return "two measurements of the same differ by more than %s in 5 of 100 cases, by %d %s of equal plans"
        .formatted(
            Figures.percent(summary.noiseFloor().orElseThrow()),
            differences,
            differences == 1 ? "difference" : "differences");
  }

  /** Says how many batches of plans are marked as outliers, and that they count. */
  static String outliers(SweepSummary summary) {
    int outliers = summary.configurations().stream().mapToInt(ConfigurationSummary::outliers).sum();
    if (outliers == 0) {
      return "No batch of plans is far from the others of its trial (modified z-score above 3.5);"
          + " samples.csv marks those of the baselines that are.";
    }
    return "%s of plans %s far from the others of %s trial (modified z-score above 3.5) and %s all the same; samples.csv marks %s, and those of the baselines."
        .formatted(
            outliers == 1 ? "1 batch" : outliers + " batches",
            outliers == 1 ? "is" : "are",
            outliers == 1 ? "its" : "their",
            outliers == 1 ? "counts" : "count",
            outliers == 1 ? "it" : "them");
  }

  /** Returns a batch in words, such as {@code 5, 2 in flight}; one after the other is not said. */
  public static String frames(Batch batch) {
    return batch.inFlight() == 1
        ? String.valueOf(batch.frames())
        : "%d, %d in flight".formatted(batch.frames(), batch.inFlight());
  }
}
