package org.edgeld.workbench.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Where a command speaks: results to standard output, progress and errors to standard error. On a
 * terminal progress is one line that changes; elsewhere a line per stage and every two seconds.
 * Thread-safe.
 */
public final class Console {
  private static final long LINE_INTERVAL_NANOS = 2_000_000_000L;
  private static final int LINE_COLUMNS = 79;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier nanoClock;
  private String shown = "";
  private String stage = "";
  private long shownNanos;

  /**
   * Creates a console.
   *
   * @param terminal whether {@code err} is a terminal
   * @param nanoClock tells the time for thinning out lines
   */
  public Console(PrintWriter out, PrintWriter err, boolean terminal, LongSupplier nanoClock) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.nanoClock = nanoClock;
  }

  /** Returns where results go; picocli prints help there too. */
  PrintWriter out() {
    return out;
  }

  /** Returns where picocli prints what is wrong. */
  PrintWriter err() {
    return err;
  }

  /** Prints a result. */
  synchronized void print(String text) {
    clearProgress();
    out.print(text);
    out.flush();
  }

  /** Prints a line of a result. */
  void println(String text) {
    print(text + "\n");
  }

  /** Prints something the user should know but that does not stop the work. */
  synchronized void warn(String sentence) {
    clearProgress();
    err.println(sentence);
    err.flush();
  }

  /** Prints why the command failed, with the stack trace if {@code verbose}. */
  synchronized void fail(String sentence, Throwable cause, boolean verbose) {
    clearProgress();
    err.println(sentence);
    if (verbose) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      err.print(trace);
    }
    err.flush();
  }

  /**
   * Shows what is under way.
   *
   * @param fraction done, 0 to 1; negative if unknown
   */
  synchronized void progress(String what, double fraction) {
    String text =
        fraction < 0
            ? what
            : String.format(Locale.ROOT, "%3.0f %% %s", Math.min(1, fraction) * 100, what);
    if (text.equals(shown)) {
      return;
    }
    if (terminal) {
      String line = text.length() > LINE_COLUMNS ? text.substring(0, LINE_COLUMNS) : text;
      err.print("\r" + line + " ".repeat(Math.max(0, shown.length() - line.length())));
      shown = line;
    } else {
      // numbers count up within one stage of the work
      String newStage = what.replaceAll("[0-9]", "");
      long now = nanoClock.getAsLong();
      if (newStage.equals(stage) && now - shownNanos < LINE_INTERVAL_NANOS) {
        return;
      }
      stage = newStage;
      shownNanos = now;
      shown = text;
      err.println(text);
    }
    err.flush();
  }

  /** Takes the progress line away. */
  synchronized void clearProgress() {
    if (terminal && !shown.isEmpty()) {
      err.print("\r" + " ".repeat(shown.length()) + "\r");
      err.flush();
      shown = "";
    }
  }
}
