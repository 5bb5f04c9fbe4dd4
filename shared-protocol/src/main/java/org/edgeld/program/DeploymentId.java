package org.edgeld.program;

/**
 * Names one deployment on the agents of a cluster.
 *
 * @param value random 64-bit number
 */
public record DeploymentId(long value) {
  @Override
  public String toString() {
    return Long.toHexString(value);
  }
}
