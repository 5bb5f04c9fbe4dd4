package org.edgeld.workbench.experiment.report;

import static org.edgeld.workbench.experiment.report.Table.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.experiment.TrialRecord.Measured;

/** {@code devices.csv}. */
final class DevicesTable {
  static final Table<Row> TABLE =
      new Table<Row>(
              "devices.csv",
              "a device of a measured trial",
              List.of(
                  column("trial", "", "name of the trial", r -> r.record().trial().id()),
                  column(
                      "configuration",
                      "",
                      "number of the configuration",
                      r -> TrialsTable.number(r.record())),
                  column(
                      "twin",
                      "",
                      "true if the trial measures again for the noise floor",
                      r -> r.record().trial().twin()),
                  column(
                      "device",
                      "",
                      "letter of the device, the head is A",
                      r -> new DeviceId(r.device()).letter()),
                  column("name", "", "name of the agent", r -> r.measured().name())))
          .and(times("", "in the frame nearest the median", r -> Optional.of(r.measured())))
          .and(times("predicted_", "as the planner expected", Row::predicted));

  private DevicesTable() {}

  /** A device of a measured trial. */
  record Row(
      TrialRecord record, int device, DeviceTimes measured, Optional<DeviceTimes> predicted) {}

  private static List<Table.Column<Row>> times(
      String prefix, String when, Function<Row, Optional<DeviceTimes>> of) {
    return List.of(
        column(
            prefix + "compute_ms",
            "ms",
            "computing, " + when,
            r -> of.apply(r).map(DeviceTimes::computeMillis)),
        column(
            prefix + "send_ms",
            "ms",
            "sending, not while computing, " + when,
            r -> of.apply(r).map(DeviceTimes::sendMillis)),
        column(
            prefix + "wait_ms",
            "ms",
            "waiting for slices or serialising them, neither computing nor sending, " + when,
            r -> of.apply(r).map(DeviceTimes::waitMillis)));
  }

  static List<Row> rows(List<TrialRecord> records, SweepRecordings recordings) {
    List<Row> rows = new ArrayList<>();
    for (TrialRecord record : records) {
      if (record.outcome() instanceof Measured measured) {
        List<DeviceTimes> predicted =
            recordings.trace(record.trial()).map(f -> f.predictedTimes()).orElse(List.of());
        for (int i = 0; i < measured.devices().size(); i++) {
          Optional<DeviceTimes> expected =
              i < predicted.size() ? Optional.of(predicted.get(i)) : Optional.empty();
          rows.add(new Row(record, i, measured.devices().get(i), expected));
        }
      }
    }
    return rows;
  }
}
