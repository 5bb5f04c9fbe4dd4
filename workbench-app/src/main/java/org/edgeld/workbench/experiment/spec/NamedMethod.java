package org.edgeld.workbench.experiment.spec;

import org.edgeld.workbench.plan.Method;

/**
 * A way to divide networks that a sweep measures.
 *
 * @param label what tables and charts call it, different for every method of a sweep
 * @param method how a network is divided
 */
public record NamedMethod(String label, Method method) {
  /** Returns the same method under another name. */
  NamedMethod named(String other) {
    return new NamedMethod(other, method);
  }
}
