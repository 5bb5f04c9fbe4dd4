package org.edgeld.workbench.ui.runs;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.edgeld.model.Model;
import org.edgeld.workbench.explain.Explanation;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.OutputSummary;
import org.edgeld.workbench.ui.plan.ShownPlan;

/** The completed runs of this session, newest first, and which one is shown. */
public final class RunsViewModel {
  private final ObservableList<RunEntry> runs = FXCollections.observableArrayList();
  private final ObjectProperty<Optional<RunEntry>> selected =
      new SimpleObjectProperty<>(Optional.empty());

  /**
   * Adds a completed run and shows it.
   *
   * @param explanation why it took as long
   * @param picture what went into the network
   * @param outputs what came out, in few figures
   */
  public void add(
      Model model,
      ReportedRun report,
      Explanation explanation,
      Optional<BufferedImage> picture,
      List<OutputSummary> outputs) {
    RunEntry entry =
        new RunEntry(ShownPlan.of(model, runs.size() + 1, report, explanation), picture, outputs);
    runs.add(0, entry);
    selected.set(Optional.of(entry));
  }

  /** Runs, newest first. */
  public ObservableList<RunEntry> runs() {
    return runs;
  }

  /** The run that is shown; empty while the plan of the present choices is. */
  public ObjectProperty<Optional<RunEntry>> selectedProperty() {
    return selected;
  }

  /** Returns all reports, oldest first. */
  public List<ReportedRun> reports() {
    List<ReportedRun> reports = new ArrayList<>(runs.stream().map(RunEntry::report).toList());
    Collections.reverse(reports);
    return List.copyOf(reports);
  }
}
