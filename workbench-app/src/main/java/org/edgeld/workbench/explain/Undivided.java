package org.edgeld.workbench.explain;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The undivided network on the head of a plan, to which the plan is compared.
 *
 * @param nanos its latency; empty if the head cannot run it
 * @param shortage what the head's memory lacks for it, such as {@code 553.4 MB on pi4-1, which has
 *     100.0 MB}; empty if it suffices
 */
public record Undivided(OptionalDouble nanos, Optional<String> shortage) {
  /** Returns the same with a latency that was measured, or was not. */
  Undivided with(OptionalDouble measuredNanos) {
    return new Undivided(measuredNanos, shortage);
  }

  /** Tells whether the head alone is known to be faster. */
  boolean fasterThan(double otherNanos) {
    return nanos.isPresent() && otherNanos > nanos.getAsDouble();
  }

  /** Says why the head cannot run it, after other sentences; empty if it can. */
  String excuse() {
    return shortage.map(" The head alone would need %s."::formatted).orElse("");
  }
}
