package org.edgeld.workbench.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.validate.Trial;

/** Predictions beside measurements as CSV after RFC 4180: a row per plan. */
public final class ValidationCsv {
  /** The columns, described in {@code docs/results.md}. */
  public static final List<String> COLUMNS =
      List.of(
          "model",
          "devices",
          "link_mbps",
          "cpu_share",
          "contender",
          "strategy",
          "fusion",
          "routing",
          "predicted_ms",
          "measured_ms",
          "measured_low_ms",
          "measured_high_ms",
          "frames",
          "error_percent",
          "replayed_ms",
          "overcommitted_ms",
          "lower_bound_ms",
          "bytes_moved",
          "overlap",
          "blocks_in_parts",
          "precision",
          "gap_percent");

  private ValidationCsv() {}

  /** Writes trials to a file, replacing it as a whole. */
  public static void write(Path file, double cpuShare, List<Trial> trials) throws IOException {
    WholeFile.write(
        file, out -> out.write(format(cpuShare, trials).getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns trials. */
  public static String format(double cpuShare, List<Trial> trials) {
    StringBuilder csv = new StringBuilder(Csv.line(COLUMNS));
    trials.forEach(trial -> csv.append(Csv.line(row(cpuShare, trial))));
    return csv.toString();
  }

  private static List<String> row(double cpuShare, Trial trial) {
    PlanRequest request = trial.planned().request();
    return List.of(
        trial.model(),
        Integer.toString(trial.devices()),
        Double.toString(trial.linkBitsPerSecond() / 1e6),
        Double.toString(cpuShare),
        trial.contender(),
        request.method().strategy(),
        request.method().fusion(),
        request.method().routing().id(),
        Double.toString(trial.predictedMillis()),
        Double.toString(trial.measuredMillis()),
        Double.toString(trial.measured().latency().low()),
        Double.toString(trial.measured().latency().high()),
        Integer.toString(trial.measured().traces().size()),
        Double.toString(100 * trial.error()),
        Double.toString(trial.replayedNanos() / 1e6),
        Double.toString(trial.measured().overcommittedNanos() / 1e6),
        Double.toString(trial.planned().lowerBoundNanos() / 1e6),
        Long.toString(trial.planned().bytesMoved()),
        request.method().overlap().id(),
        Integer.toString(trial.planned().plan().blocksInParts()),
        request.method().precision().id(),
        Double.toString(100 * trial.planned().gap()));
  }
}
