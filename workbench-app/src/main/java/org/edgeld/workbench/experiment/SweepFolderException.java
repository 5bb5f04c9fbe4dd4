package org.edgeld.workbench.experiment;

/** A folder of a sweep that cannot be used; the message is a sentence for the user. */
public final class SweepFolderException extends Exception {
  private static final long serialVersionUID = 1L;

  public SweepFolderException(String message) {
    super(message);
  }

  public SweepFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
