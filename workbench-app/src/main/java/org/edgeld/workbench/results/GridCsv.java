package org.edgeld.workbench.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.edgeld.workbench.compare.ClusterGrid;
import org.edgeld.workbench.compare.GridCell;
import org.edgeld.workbench.compare.Outcome;
import org.edgeld.workbench.plan.PlanRequest;

/** Simulated clusters as CSV after RFC 4180: a row per cluster and contender. */
public final class GridCsv {
  /** The columns, described in {@code docs/results.md}. */
  public static final List<String> COLUMNS =
      List.of(
          "model",
          "input_size",
          "boards",
          "devices",
          "link_mbps",
          "link_delay_ms",
          "contender",
          "strategy",
          "fusion",
          "routing",
          "head_role",
          "local_ms",
          "predicted_ms",
          "speedup_local",
          "lower_bound_ms",
          "gap_percent",
          "frames_per_second",
          "bytes_moved",
          "largest_memory_bytes",
          "reason",
          "overlap",
          "blocks_in_parts",
          "precision",
          "most_frames_per_second",
          "throughput_gap_percent");

  private GridCsv() {}

  /** Writes the simulated clusters to a file, replacing it as a whole. */
  public static void write(Path file, String model, ClusterGrid grid, List<GridCell> cells)
      throws IOException {
    WholeFile.write(
        file, out -> out.write(format(model, grid, cells).getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns the simulated clusters. */
  public static String format(String model, ClusterGrid grid, List<GridCell> cells) {
    StringBuilder csv = new StringBuilder(Csv.line(COLUMNS));
    for (GridCell cell : cells) {
      for (int i = 0; i < cell.outcomes().size(); i++) {
        csv.append(Csv.line(row(model, grid, cell, i)));
      }
    }
    return csv.toString();
  }

  private static List<String> row(String model, ClusterGrid grid, GridCell cell, int index) {
    Outcome outcome = cell.outcomes().get(index);
    PlanRequest request = outcome.request();
    List<String> row = new ArrayList<>();
    row.add(model);
    row.add(Integer.toString(grid.graph().input().height()));
    row.add(cell.kind().label());
    row.add(Integer.toString(cell.devices()));
    row.add(Double.toString(cell.linkBitsPerSecond() / 1e6));
    row.add(Double.toString(grid.linkDelayNanos() / 1e6));
    row.add(grid.contenders().get(index).name());
    row.add(request.method().strategy());
    row.add(request.method().fusion());
    row.add(request.method().routing().id());
    row.add(request.method().headRole().id());
    row.add(millis(cell.localNanos()));
    if (outcome instanceof Outcome.Planned planned) {
      row.add(Double.toString(planned.run().prediction().latencyNanos() / 1e6));
      row.add(number(cell.speedup(outcome)));
      row.add(millis(cell.lowerBoundNanos()));
      row.add(Double.toString(100 * planned.run().gap()));
      row.add(Double.toString(1e9 / planned.run().nanosPerFrame()));
      row.add(Long.toString(planned.run().bytesMoved()));
      row.add(Long.toString(planned.largestMemoryBytes()));
      row.add("");
    } else {
      row.addAll(List.of("", "", millis(cell.lowerBoundNanos()), "", "", "", ""));
      row.add(((Outcome.Infeasible) outcome).reason());
    }
    row.add(request.method().overlap().id());
    row.add(
        outcome instanceof Outcome.Planned planned
            ? Integer.toString(planned.run().plan().blocksInParts())
            : "");
    row.add(request.method().precision().id());
    if (outcome instanceof Outcome.Planned planned) {
      row.add(Double.toString(planned.run().mostFramesPerSecond()));
      row.add(Double.toString(100 * planned.run().throughputGap()));
    } else {
      row.addAll(List.of("", ""));
    }
    return row;
  }

  private static String millis(OptionalDouble nanos) {
    return nanos.isPresent() ? Double.toString(nanos.getAsDouble() / 1e6) : "";
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }
}
