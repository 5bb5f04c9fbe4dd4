package org.edgeld.workbench.json;

import java.util.Optional;

/** A document that is not what it should be; the message is a sentence that names the field. */
public final class JsonDefectException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Empty if the defect is not one of a field. */
  private final String path;

  public JsonDefectException(String message) {
    this(message, "");
  }

  JsonDefectException(String message, String path) {
    super(message);
    this.path = path;
  }

  public JsonDefectException(String message, Throwable cause) {
    super(message, cause);
    this.path = "";
  }

  /** Returns the path of the field, such as {@code models[1].inputSizes[0]}, if it is one's. */
  public Optional<String> path() {
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }
}
