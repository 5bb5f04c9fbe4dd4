package org.edgeld.workbench.onnx.graph;

/**
 * Something about a model that is wrong or not supported. The message is a clause that goes on a
 * sentence and has no full stop, such as "there is no axis 5"; who knows the file and the node
 * makes the sentence.
 */
public final class DefectException extends Exception {
  private static final long serialVersionUID = 1L;

  public DefectException(String clause) {
    super(clause);
  }

  public DefectException(String clause, Throwable cause) {
    super(clause, cause);
  }
}
