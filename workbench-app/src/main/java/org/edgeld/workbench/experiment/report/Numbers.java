package org.edgeld.workbench.experiment.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.edgeld.workbench.run.Batch;

/** Writes numbers for tables. */
public final class Numbers {
  private static final MathContext THREE = new MathContext(3);

  private Numbers() {}

  /** Returns a number with three significant digits, without exponent. */
  public static String digits3(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(THREE).toPlainString()
        : Double.toString(value);
  }

  /** Returns a share in per cent with its sign, such as {@code +3.1 %}. */
  public static String signedPercent(double share) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * share);
  }

  /** Returns a batch in words, such as {@code 5, 2 in flight}; one after the other is not said. */
  public static String frames(Batch batch) {
    return batch.inFlight() == 1
        ? String.valueOf(batch.frames())
        : "%d, %d in flight".formatted(batch.frames(), batch.inFlight());
  }
}
