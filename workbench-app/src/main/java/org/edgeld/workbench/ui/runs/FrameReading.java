package org.edgeld.workbench.ui.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.edgeld.workbench.history.HistoryException;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.ui.job.Failures;
import org.edgeld.workbench.ui.job.LatestOnly;

/** Reads the measured frames of several runs beside the window's thread, the newest wish only. */
final class FrameReading {
  /** Yields what a run measured; takes a while. */
  @FunctionalInterface
  interface Reader {
    ReportedRun read(RunSource source, JobMonitor monitor)
        throws HistoryException, JobCancelledException;
  }

  private final Reader reader;
  private final LatestOnly reading;
  private final Executor ui;

  FrameReading(Reader reader, Executor background, Executor ui) {
    this.reader = reader;
    this.reading = new LatestOnly(background);
    this.ui = ui;
  }

  /**
   * Reads runs.
   *
   * @param then takes them, in the same order, on the window's thread
   * @param failed takes why one cannot be read, on the window's thread
   */
  void read(List<RunSource> sources, Consumer<List<ReportedRun>> then, Consumer<String> failed) {
    reading.submit(
        () -> {
          try {
            List<ReportedRun> runs = new ArrayList<>();
            for (RunSource source : sources) {
              runs.add(reader.read(source, reading.monitor()));
            }
            ui.execute(() -> then.accept(runs));
          } catch (JobCancelledException e) {
            return; // other runs are wanted meanwhile
          } catch (HistoryException | RuntimeException e) {
            String sentence = Failures.sentence(e);
            ui.execute(() -> failed.accept(sentence));
          }
        });
  }
}
