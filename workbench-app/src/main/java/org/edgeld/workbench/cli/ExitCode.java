package org.edgeld.workbench.cli;

/** What the process returns to the shell. */
public final class ExitCode {
  /** Everything asked for was done. */
  public static final int OK = 0;

  /** The request was sound but did not succeed: an agent is missing, a run broke off. */
  public static final int FAILED = 1;

  /** The request itself cannot be met: an unknown option, model or file. */
  public static final int BAD_INPUT = 2;

  /** The user stopped it, as shells say for Ctrl-C (128 + SIGINT). */
  public static final int CANCELLED = 130;

  private ExitCode() {}
}
