package org.edgeld.workbench.json;

/** A document that is not what it should be; the message is a sentence that names the field. */
public final class JsonDefectException extends Exception {
  private static final long serialVersionUID = 1L;

  public JsonDefectException(String message) {
    super(message);
  }

  public JsonDefectException(String message, Throwable cause) {
    super(message, cause);
  }
}
