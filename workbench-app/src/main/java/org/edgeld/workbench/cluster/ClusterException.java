package org.edgeld.workbench.cluster;

/** Agents cannot be found, reached or started; the message is a sentence for the user. */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
