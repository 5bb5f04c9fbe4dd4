package org.edgeld.workbench.planner;

import java.util.Optional;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.planner.MemoryCheck.Shortage;

/** Finds the plan nearest to one that does not fit: the fastest that does, or what lacks least. */
final class MemoryAdvice {
  private final MemoryCheck memory;
  private Optional<String> fastest = Optional.empty();
  private long fastestNanos;
  private Optional<String> nearest = Optional.empty();
  private Optional<Shortage> least = Optional.empty();

  MemoryAdvice(MemoryCheck memory) {
    this.memory = memory;
  }

  /**
   * Looks at a plan.
   *
   * @param name what makes it, for the user
   * @param nanos how long it is predicted to take
   */
  void consider(String name, ProgramSet programs, long nanos) {
    Optional<Shortage> shortage = memory.shortage(memory.bytes(programs));
    if (shortage.isEmpty()) {
      if (fastest.isEmpty() || nanos < fastestNanos) {
        fastest = Optional.of(name);
        fastestNanos = nanos;
      }
    } else if (least.isEmpty() || shortage.get().missingBytes() < least.get().missingBytes()) {
      nearest = Optional.of(name);
      least = shortage;
    }
  }

  /** Returns what to do, for the user. */
  String sentence() {
    if (fastest.isPresent()) {
      return "Maybe use %s, the fastest that fits.".formatted(fastest.get());
    }
    return nearest
        .map(
            name ->
                "Maybe use more devices or a smaller input; of all strategies %s comes nearest, with %s."
                    .formatted(name, least.orElseThrow()))
        .orElse("Maybe use more devices or a smaller input.");
  }
}
