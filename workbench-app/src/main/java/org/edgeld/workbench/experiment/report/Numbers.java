package org.edgeld.workbench.experiment.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

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
}
