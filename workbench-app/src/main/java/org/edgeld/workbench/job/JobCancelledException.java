package org.edgeld.workbench.job;

/** The user stopped the work. */
public final class JobCancelledException extends Exception {
  private static final long serialVersionUID = 1L;

  public JobCancelledException() {
    super("Cancelled.");
  }
}
