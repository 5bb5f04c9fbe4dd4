package org.edgeld.workbench.experiment.spec;

import org.edgeld.workbench.plan.Method;

/**
 * A way to divide networks that a sweep measures.
 *
 * @param label what tables and charts call it, different for every method of a sweep
 * @param method how a network is divided
 */
public record NamedMethod(String label, Method method) {
  /**
   * Tells whether a name is its label, or one that was made of the method: earlier versions made
   * longer ones.
   */
  public boolean isCalled(String name) {
    return name.equals(label) || Labels.all(method).contains(name);
  }

  /** Returns the same method under another name. */
  NamedMethod named(String other) {
    return new NamedMethod(other, method);
  }
}
