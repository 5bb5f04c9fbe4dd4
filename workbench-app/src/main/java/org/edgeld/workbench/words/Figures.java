package org.edgeld.workbench.words;

import java.util.Locale;

/** Writes quantities as people read them, with a unit and three significant digits at most. */
public final class Figures {
  /** From here on whole numbers are not written in full. */
  private static final double MOST_PLAIN = 1e15;

  private Figures() {}

  /** Returns a time, such as {@code 848 ms}, {@code 0.42 ms} or {@code 11.3 s}. */
  public static String millis(double millis) {
    return Math.abs(millis) >= 9_999.5 ? number(millis / 1e3) + " s" : number(millis) + " ms";
  }

  /** Returns a time given in nanoseconds. */
  public static String nanos(double nanos) {
    return millis(nanos / 1e6);
  }

  /** Returns a size, such as {@code 3.1 MB} or {@code 784 KB}; a kilobyte is 1000 bytes. */
  public static String bytes(long bytes) {
    if (bytes >= 1_000_000_000) {
      return number(bytes / 1e9) + " GB";
    }
    if (bytes >= 1_000_000) {
      return number(bytes / 1e6) + " MB";
    }
    return bytes >= 1000 ? number(bytes / 1e3) + " KB" : bytes + " B";
  }

  /** Returns a rate, such as {@code 940 Mbit/s}. */
  public static String bitsPerSecond(double rate) {
    double scaled = rate >= 1e9 ? rate / 1e9 : rate / 1e6;
    boolean whole = Math.abs(scaled - Math.rint(scaled)) < 0.005;
    String digits = whole ? String.format(Locale.ROOT, "%.0f", scaled) : number(scaled);
    return digits + (rate >= 1e9 ? " Gbit/s" : " Mbit/s");
  }

  /** Returns an amount of work, such as {@code 1519 MFLOP}. */
  public static String flops(double flops) {
    return flops >= 1e10 ? number(flops / 1e9) + " GFLOP" : number(flops / 1e6) + " MFLOP";
  }

  /** Returns a number of things, such as {@code 138 M}, {@code 4.2 K} or {@code 640}. */
  public static String count(long count) {
    if (count >= 1_000_000_000) {
      return number(count / 1e9) + " G";
    }
    if (count >= 1_000_000) {
      return number(count / 1e6) + " M";
    }
    return count >= 10_000 ? number(count / 1e3) + " K" : Long.toString(count);
  }

  /** Returns a speedup, such as {@code 2.47×}. */
  public static String factor(double factor) {
    return String.format(Locale.ROOT, "%.2f×", factor);
  }

  /** Returns a throughput in frames, such as {@code 2.47 /s}. */
  public static String perSecond(double frames) {
    return number(frames) + " /s";
  }

  /** Returns a share as per cent, such as {@code 22.0 %}. */
  public static String percent(double share) {
    double percent = 100 * share;
    return String.format(Locale.ROOT, Math.abs(percent) < 99.95 ? "%.1f %%" : "%.0f %%", percent);
  }

  /** Returns a small error, such as {@code 9.5e-07}, or {@code 0}. */
  public static String error(double error) {
    return error == 0 ? "0" : String.format(Locale.ROOT, "%.1e", error);
  }

  /** Returns a number as short as possible, such as {@code 100} or {@code 0.25}. */
  public static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < MOST_PLAIN
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  /** Returns a number with three significant digits, more if it is larger. */
  public static String number(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < 0.00095) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    if (size < 0.00995) {
      return String.format(Locale.ROOT, "%.3f", value);
    }
    return String.format(Locale.ROOT, size < 0.995 ? "%.2f" : size < 99.5 ? "%.1f" : "%.0f", value);
  }
}
