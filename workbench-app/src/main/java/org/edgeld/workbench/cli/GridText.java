package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.edgeld.workbench.compare.ClusterGrid;
import org.edgeld.workbench.compare.Contender;
import org.edgeld.workbench.compare.GridCell;
import org.edgeld.workbench.compare.Outcome;

/** Simulated clusters as a table of speedups for a terminal. */
final class GridText {
  private GridText() {}

  /** Returns the text, ended by a line break. */
  static String of(String model, ClusterGrid grid, List<GridCell> cells) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %s, link delay %s ms, head %s: predicted speedup over the undivided network on the head\n\n"
            .formatted(
                model,
                grid.graph().input(),
                Quantity.millis(grid.linkDelayNanos() / 1e6),
                grid.method().headRole().id()));
    text.append(table(grid, cells));
    text.append(
        "\nbound: the largest speedup that any plan could reach; gap: of the best one shown, in"
            + " predicted latency over the least.\n");
    return text.append(reasons(cells)).toString();
  }

  private static TextTable table(ClusterGrid grid, List<GridCell> cells) {
    List<String> header = new ArrayList<>(List.of("boards", "Mbit/s", "devices", "local ms"));
    grid.contenders().stream().map(Contender::name).forEach(header::add);
    header.addAll(List.of("bound", "gap %"));
    TextTable table = new TextTable(header);
    for (GridCell cell : cells) {
      List<String> row = new ArrayList<>();
      row.add(cell.kind().label());
      row.add(Quantity.mbps(cell.linkBitsPerSecond()));
      row.add(Integer.toString(cell.devices()));
      row.add(
          cell.localNanos().isPresent()
              ? Quantity.millis(cell.localNanos().getAsDouble() / 1e6)
              : "–");
      cell.outcomes().forEach(outcome -> row.add(ratio(cell.speedup(outcome))));
      row.add(ratio(cell.largestSpeedup()));
      OptionalDouble gap = cell.leastGap();
      row.add(gap.isPresent() ? String.format(Locale.ROOT, "%.1f", 100 * gap.getAsDouble()) : "–");
      table.row(row);
    }
    return table;
  }

  private static String ratio(OptionalDouble value) {
    return value.isPresent() ? Quantity.ratio(value.getAsDouble()) : "–";
  }

  private static String reasons(List<GridCell> cells) {
    Set<String> sentences = new LinkedHashSet<>();
    for (GridCell cell : cells) {
      for (Outcome outcome : cell.outcomes()) {
        if (outcome instanceof Outcome.Infeasible none) {
          sentences.add(
              "\nNo plan of %s for %d devices: %s\n"
                  .formatted(none.strategy(), cell.devices(), none.reason()));
        }
      }
    }
    return String.join("", sentences);
  }
}
