package org.edgeld.workbench.compare;

import java.util.List;
import java.util.OptionalDouble;

/**
 * All contenders on one cluster of a grid.
 *
 * @param kind what the boards are
 * @param devices how many boards there are
 * @param linkBitsPerSecond rate of every link, each way
 * @param localNanos predicted latency of the undivided network on the head; empty if it does not
 *     fit there
 * @param lowerBoundNanos latency that no plan beats; empty if there is no plan at all
 * @param outcomes what came of the contenders, in their order
 */
public record GridCell(
    BoardKind kind,
    int devices,
    double linkBitsPerSecond,
    OptionalDouble localNanos,
    OptionalDouble lowerBoundNanos,
    List<Outcome> outcomes) {
  public GridCell {
    outcomes = List.copyOf(outcomes);
  }

  /** Returns how many times faster than the undivided network on the head a plan should be. */
  public OptionalDouble speedup(Outcome outcome) {
    return outcome instanceof Outcome.Planned planned
        ? over(planned.run().prediction().latencyNanos())
        : OptionalDouble.empty();
  }

  /** Returns the speedup that no plan exceeds. */
  public OptionalDouble largestSpeedup() {
    return lowerBoundNanos.isPresent()
        ? over(lowerBoundNanos.getAsDouble())
        : OptionalDouble.empty();
  }

  private OptionalDouble over(double nanos) {
    return localNanos.isPresent()
        ? OptionalDouble.of(localNanos.getAsDouble() / Math.max(1, nanos))
        : OptionalDouble.empty();
  }

  /** Returns by which share of the lower bound the fastest plan exceeds it. */
  public OptionalDouble leastGap() {
    return outcomes.stream()
        .filter(Outcome.Planned.class::isInstance)
        .mapToDouble(outcome -> ((Outcome.Planned) outcome).run().gap())
        .min();
  }
}
