package org.edgeld.workbench.experiment.report;

import static org.edgeld.workbench.experiment.report.Table.column;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.edgeld.workbench.experiment.statistics.Interval;

/** {@code configurations.csv}. */
final class ConfigurationsTable {
  static final Table<ConfigurationSummary> TABLE =
      new Table<ConfigurationSummary>(
              "configurations.csv",
              "a configuration that was measured, all its trials together, twins left out",
              List.of(
                  column(
                      "configuration",
                      "",
                      "number of the configuration",
                      c -> c.configuration().number())))
          .and(ConfigurationColumns.of(ConfigurationSummary::configuration))
          .and(
              List.of(
                  column("trials", "", "measured trials", ConfigurationSummary::trials),
                  column(
                      "frames", "", "measured frames of the plan", ConfigurationSummary::frames)))
          .and(
              interval(
                  "latency_ms",
                  "ms",
                  "median latency of the plan, of each batch the median",
                  c -> Optional.of(c.latencyMillis())))
          .and(
              interval(
                  "batch_ms",
                  "ms",
                  "median time of the plan's batches; of one frame its latency",
                  c -> Optional.of(c.batchMillis())))
          .and(
              interval(
                  "local_ms",
                  "ms",
                  "median batch time of the undivided network on the head",
                  ConfigurationSummary::localMillis))
          .and(
              interval(
                  "remote_ms",
                  "ms",
                  "median batch time of the undivided network on one remote device",
                  ConfigurationSummary::remoteMillis))
          .and(interval("speedup_local", "", "local over plan", ConfigurationSummary::speedupLocal))
          .and(
              interval(
                  "speedup_remote",
                  "",
                  "remote over plan, EdgeLD's reference",
                  ConfigurationSummary::speedupRemote))
          .and(
              List.of(
                  column(
                      "predicted_ms",
                      "ms",
                      "batch time that the planner expected",
                      ConfigurationSummary::predictedMillis),
                  column(
                      "prediction_error_percent",
                      "%",
                      "predicted over measured, less 1",
                      c -> 100 * c.predictionError()),
                  column(
                      "bytes_moved",
                      "bytes",
                      "payload between devices per frame",
                      ConfigurationSummary::bytesMoved),
                  column(
                      "overcommitted_ms",
                      "ms",
                      "median over the plan's frames of compute time that emulation could not hide",
                      ConfigurationSummary::overcommittedMillis),
                  column(
                      "output_agrees",
                      "",
                      "true if all outputs differ by rounding only",
                      ConfigurationSummary::outputAgrees),
                  column(
                      "emulated",
                      "",
                      "true if any device ran emulated, whoever asked for it",
                      ConfigurationSummary::emulated)))
          .and(
              ConfigurationColumns.later(
                  ConfigurationSummary::configuration, ConfigurationSummary::accuracy))
          .and(
              List.of(
                  column(
                      "outliers",
                      "",
                      "batches of the plan far from the others of their trial (modified z-score"
                          + " above 3.5); they count all the same",
                      ConfigurationSummary::outliers)));

  private ConfigurationsTable() {}

  private static List<Table.Column<ConfigurationSummary>> interval(
      String name,
      String unit,
      String meaning,
      Function<ConfigurationSummary, Optional<Interval>> of) {
    return List.of(
        column(name, unit, meaning, c -> of.apply(c).map(Interval::value)),
        column(
            name + "_low",
            unit,
            "lower end of its 95 % interval, empty if that is not known",
            c -> of.apply(c).filter(Interval::known).map(Interval::low)),
        column(
            name + "_high",
            unit,
            "upper end of its 95 % interval, empty if that is not known",
            c -> of.apply(c).filter(Interval::known).map(Interval::high)));
  }
}
