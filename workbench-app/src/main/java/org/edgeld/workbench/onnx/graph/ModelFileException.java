package org.edgeld.workbench.onnx.graph;

/** A model file that cannot be used; the message is a sentence for the user. */
public class ModelFileException extends Exception {
  private static final long serialVersionUID = 1L;

  public ModelFileException(String message) {
    super(message);
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
