package org.edgeld.workbench.cli;

/** A request that cannot be met as it stands; the message is a sentence for the user. */
final class BadInputException extends Exception {
  private static final long serialVersionUID = 1L;

  BadInputException(String message) {
    super(message);
  }

  BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
