package org.edgeld.workbench.chart.speedup;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The speedups to compare.
 *
 * @param rows in the order of the chart, from above
 * @param caption what they have in common: model, devices, emulated or not
 * @param pinned what the speedups against a pinned run are called; empty if none is pinned
 * @param ideal the speedup over the head if the shown devices divided the network by their speed
 *     and nothing travelled; empty if that is not known
 */
public record SpeedupTable(
    List<Row> rows, String caption, Optional<String> pinned, OptionalDouble ideal) {
  public SpeedupTable {
    rows = List.copyOf(rows);
  }

  /**
   * One plan.
   *
   * @param label what ran
   * @param local against the undivided network on the head
   * @param remote against the undivided network on one remote device
   * @param pinned against the run that is pinned; empty if none is, or it would not be fair
   * @param current whether this is what the window shows
   * @param measured whether it ran, else it is predicted
   */
  public record Row(
      String label,
      Optional<SpeedupBar> local,
      Optional<SpeedupBar> remote,
      Optional<SpeedupBar> pinned,
      boolean current,
      boolean measured) {}
}
