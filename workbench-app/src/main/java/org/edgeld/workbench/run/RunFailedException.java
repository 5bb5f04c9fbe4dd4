package org.edgeld.workbench.run;

/** A run that could not be completed; the message is a sentence naming device, step and cause. */
public final class RunFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public RunFailedException(String message) {
    super(message);
  }

  public RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
