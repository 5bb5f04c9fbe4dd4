package org.edgeld.workbench.image;

/** An input file that cannot be used; the message is a sentence for the user. */
public final class InputException extends Exception {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
