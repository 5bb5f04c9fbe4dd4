package org.edgeld.workbench.cli;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Quantity {
  private Quantity() {}

  /** Returns milliseconds with three significant digits or all before the dot. */
  static String millis(double millis) {
    return String.format(
        Locale.ROOT, millis >= 100 ? "%.0f" : millis >= 10 ? "%.1f" : "%.2f", millis);
  }

  /** Returns bytes in a decimal unit. */
  static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    String[] units = {"kB", "MB", "GB", "TB"};
    int unit = -1;
    do {
      value /= 1000;
      unit++;
    } while (value >= 999.5 && unit < units.length - 1);
    return String.format(
        Locale.ROOT,
        value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s",
        value,
        units[unit]);
  }

  /** Returns bytes in MB, 10⁶ bytes, without the unit. */
  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / 1e6);
  }

  /** Returns a count in millions. */
  static String millions(long count) {
    return String.format(Locale.ROOT, "%.3f", count / 1e6);
  }

  /** Returns operations in units of 10⁹. */
  static String giga(long flops) {
    return String.format(Locale.ROOT, "%.3f", flops / 1e9);
  }

  /** Returns a number with two decimals. */
  static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Returns a rate in Mbit/s. */
  static String mbps(double bitsPerSecond) {
    return Double.isInfinite(bitsPerSecond)
        ? "–"
        : String.format(Locale.ROOT, "%.0f", bitsPerSecond / 1e6);
  }

  /** Returns a number with three significant digits. */
  static String significant(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /** Returns a number in 0..1. */
  static String probability(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
