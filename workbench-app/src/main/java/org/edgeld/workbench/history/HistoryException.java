package org.edgeld.workbench.history;

/** The history, or one of its runs, cannot be used; the message is a sentence for the user. */
public final class HistoryException extends Exception {
  private static final long serialVersionUID = 1L;

  public HistoryException(String message) {
    super(message);
  }

  public HistoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
