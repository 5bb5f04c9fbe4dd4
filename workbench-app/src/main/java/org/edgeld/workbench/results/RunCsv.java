package org.edgeld.workbench.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.run.RunResult.FrameSample;

/**
 * Runs as CSV after RFC 4180: a header line, one row per measured frame, UTF-8, CRLF, decimals with
 * a dot. {@link CsvColumns} describes the columns.
 */
public final class RunCsv {
  private RunCsv() {}

  /** Writes all frames of some runs to a file, replacing it as a whole. */
  public static void write(Path file, List<ReportedRun> runs) throws IOException {
    WholeFile.write(file, out -> out.write(format(runs).getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns all frames of some runs, in the order measured. */
  public static String format(List<ReportedRun> runs) {
    StringBuilder csv = new StringBuilder(Csv.line(CsvColumns.names()));
    for (ReportedRun run : runs) {
      for (FrameSample frame : run.result().frames()) {
        CsvColumns.Row row = new CsvColumns.Row(run, frame);
        csv.append(
            Csv.line(CsvColumns.ALL.stream().map(column -> column.value().apply(row)).toList()));
      }
    }
    return csv.toString();
  }
}
