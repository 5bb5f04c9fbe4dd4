package org.edgeld.workbench.experiment.report;

import static org.edgeld.workbench.experiment.report.Table.column;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.experiment.statistics.Outliers;

/** {@code samples.csv}. */
final class SamplesTable {
  private static final List<String> MEASURED = List.of("plan", "local", "remote");

  static final Table<Frame> TABLE =
      new Table<>(
          "samples.csv",
          "a measured frame",
          List.of(
              column("trial", "", "name of the trial", f -> f.trial().trial().id()),
              column(
                  "configuration",
                  "",
                  "number of the configuration",
                  f -> TrialsTable.number(f.trial())),
              column(
                  "twin",
                  "",
                  "true if the trial measures again for the noise floor",
                  f -> f.trial().trial().twin()),
              column(
                  "round",
                  "",
                  "counts the trials of a configuration from 0",
                  f -> f.trial().trial().round()),
              column(
                  "what",
                  "",
                  "plan, or a baseline: local (undivided on the head), remote (undivided on one"
                      + " remote device)",
                  Frame::what),
              column("frame", "", "counts the frames of a trial from 0", Frame::frame),
              column(
                  "latency_ms",
                  "ms",
                  "from the input being at the head to the last output being there",
                  Frame::millis),
              column(
                  "overcommitted_ms",
                  "ms",
                  "compute time that emulation could not hide, worst device",
                  Frame::late),
              column(
                  "outlier",
                  "",
                  "true if far from the trial's other frames (modified z-score above 3.5); it"
                      + " counts all the same",
                  Frame::outlier),
              column("repeat", "", "counts the batches of a trial from 0", Frame::repeat),
              column(
                  "batch_ms",
                  "ms",
                  "time of the frame's batch, from the first input being at the head to the last"
                      + " output being there; the same in each of its frames",
                  Frame::batchMillis),
              column(
                  "batch_outlier",
                  "",
                  "true if batch_ms is far from the trial's other batches (modified z-score above"
                      + " 3.5); it counts all the same",
                  Frame::batchOutlier)));

  private SamplesTable() {}

  /** A measured frame. */
  record Frame(
      TrialRecord trial,
      String what,
      int frame,
      double millis,
      double late,
      boolean outlier,
      int repeat,
      double batchMillis,
      boolean batchOutlier) {}

  /** Returns the frames of all trials. */
  static List<Frame> frames(List<TrialRecord> records) {
    List<Frame> frames = new ArrayList<>();
    for (TrialRecord record : records) {
      for (String what : MEASURED) {
        TrialsTable.samples(record, what).ifPresent(samples -> add(frames, record, what, samples));
      }
    }
    return frames;
  }

  private static void add(List<Frame> frames, TrialRecord record, String what, Samples samples) {
    List<Boolean> marks = Outliers.marks(samples.latencyMillis());
    List<Boolean> batchMarks = Outliers.marks(samples.batchMillis());
    for (int i = 0; i < marks.size(); i++) {
      int repeat = i / samples.framesOfRepeat();
      frames.add(
          new Frame(
              record,
              what,
              i,
              samples.latencyMillis().get(i),
              samples.overcommittedMillis().get(i),
              marks.get(i),
              repeat,
              samples.batchMillis().get(repeat),
              batchMarks.get(repeat)));
    }
  }
}
