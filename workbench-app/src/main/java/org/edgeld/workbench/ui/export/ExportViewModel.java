package org.edgeld.workbench.ui.export;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import org.edgeld.workbench.history.HistoryException;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planfile.PlanFile;
import org.edgeld.workbench.planfile.SavedPlan;
import org.edgeld.workbench.profilefile.ProfileFile;
import org.edgeld.workbench.results.ChromeTrace;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.results.RunCsv;
import org.edgeld.workbench.results.RunJson;
import org.edgeld.workbench.ui.job.JobViewModel;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.runs.RunSource;
import org.edgeld.workbench.ui.runs.RunsViewModel;

/** Writes results to files. */
public final class ExportViewModel {
  /** What can be written. */
  public enum Format {
    CSV("The marked runs as CSV, a row per measured frame", "csv", true),
    JSON("The run as JSON", "json", true),
    TRACE("The run's trace for Perfetto", "trace.json", true),
    PNG("The partition map as PNG", "png", false),
    PLAN("The shown plan, to open again (Ctrl+S)", "plan.json", false),
    PROFILE("The profile, to open again (Ctrl+Shift+S)", "profile.json", false);

    private final String title;
    private final String extension;
    private final boolean needsRun;

    Format(String title, String extension, boolean needsRun) {
      this.title = title;
      this.extension = extension;
      this.needsRun = needsRun;
    }

    /** Returns the name in the window. */
    public String title() {
      return title;
    }

    /** Returns the ending of the file, without a dot in front. */
    public String extension() {
      return extension;
    }

    /** Tells whether a completed run is needed. */
    public boolean needsRun() {
      return needsRun;
    }
  }

  /** Writes the shown plan's map. */
  @FunctionalInterface
  public interface MapWriter {
    void write(ShownPlan plan, Path file) throws IOException;
  }

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final RunsViewModel runs;
  private final ObservableValue<Optional<ShownPlan>> shown;
  private final JobViewModel job;
  private final Clock clock;
  private final Executor ui;
  private final ReadOnlyStringWrapper lastFile = new ReadOnlyStringWrapper("");

  /**
   * @param runs what was measured
   * @param shown what the window shows
   * @param job runs the writing
   * @param clock dates file names
   * @param ui runs tasks on the window's thread
   */
  public ExportViewModel(
      RunsViewModel runs,
      ObservableValue<Optional<ShownPlan>> shown,
      JobViewModel job,
      Clock clock,
      Executor ui) {
    this.runs = runs;
    this.shown = shown;
    this.job = job;
    this.clock = clock;
    this.ui = ui;
  }

  /** Tells whether a format has something to write. */
  public boolean possible(Format format) {
    return missing(format).isEmpty();
  }

  /** Returns why a format has nothing to write, in a sentence; empty if it has. */
  public Optional<String> missing(Format format) {
    if (format.needsRun()) {
      return runs.sources().isEmpty()
          ? Optional.of("There is nothing to export yet. Maybe press Run (Ctrl+R) first.")
          : Optional.empty();
    }
    if (shown.getValue().isEmpty()) {
      return Optional.of("There is no plan to save. Maybe make another choice.");
    }
    return format == Format.PROFILE && shown.getValue().get().estimated()
        ? Optional.of("Nothing was measured yet. Maybe profile the agents (Ctrl+P) first.")
        : Optional.empty();
  }

  /** Returns a file name that says what it holds. */
  public String suggestedName(Format format) {
    String model = shown.getValue().map(plan -> plan.model().id()).orElse("edgeld");
    return model + "-" + LocalDateTime.now(clock).format(STAMP) + "." + format.extension();
  }

  /**
   * Writes a file.
   *
   * @param map writes the partition map, for {@link Format#PNG}
   */
  public void write(Format format, Path file, MapWriter map) {
    if (!possible(format)) {
      return;
    }
    List<RunSource> sources = runs.sources();
    Optional<ShownPlan> plan = shown.getValue();
    job.start(
        "Writing " + file.getFileName() + "…",
        monitor -> {
          switch (format) {
            case CSV -> RunCsv.write(file, reports(sources, monitor));
            case JSON -> RunJson.write(file, reports(sources.subList(0, 1), monitor).get(0));
            case TRACE -> ChromeTrace.write(file, reports(sources.subList(0, 1), monitor).get(0));
            case PNG -> map.write(plan.orElseThrow(), file);
            case PLAN -> writePlan(file, plan.orElseThrow());
            case PROFILE -> writeProfile(file, plan.orElseThrow());
          }
          monitor.progress("Wrote " + file, 1);
          ui.execute(() -> lastFile.set(file.toString()));
        });
  }

  /** Returns what some runs measured, in the order of the list. */
  private List<ReportedRun> reports(List<RunSource> sources, JobMonitor monitor)
      throws HistoryException, JobCancelledException {
    List<ReportedRun> reports = new ArrayList<>();
    for (RunSource source : sources) {
      monitor.progress(
          "Reading run " + source.item().label(), (double) reports.size() / sources.size());
      monitor.checkCancelled();
      reports.add(runs.report(source, monitor));
    }
    return reports;
  }

  private static void writePlan(Path file, ShownPlan shown) throws IOException {
    PlannedRun planned = shown.planned();
    PlanFile.write(file, shown.model().id(), SavedPlan.of(planned.plan(), planned.request()));
  }

  private static void writeProfile(Path file, ShownPlan shown) throws IOException {
    PlanRequest request = shown.planned().request();
    ProfileFile.write(
        file, shown.profileName(), shown.model().id(), request.graph(), request.profile());
  }

  /** The file written last, empty before. */
  public ReadOnlyStringProperty lastFileProperty() {
    return lastFile.getReadOnlyProperty();
  }
}
