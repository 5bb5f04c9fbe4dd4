package org.edgeld.workbench.ui.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.edgeld.workbench.history.HistoryException;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.RunLoader;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.Failures;
import org.edgeld.workbench.ui.job.LatestOnly;

/**
 * The runs that are in memory in full, and which of them is shown. Those of this session stay, of
 * others the last few that were opened. Used on the window's thread.
 */
final class OpenedRuns {
  private static final int MOST_OPENED = 12;
  private static final int NOBODY = Integer.MIN_VALUE;

  private final RunLoader loader;
  private final LatestOnly opening;
  private final Executor ui;
  private final BannerViewModel banner;
  private final ObservableList<RunEntry> runs = FXCollections.observableArrayList();
  private final Map<Integer, RunEntry> opened = new LinkedHashMap<>();
  private final ObjectProperty<Optional<RunEntry>> selected =
      new SimpleObjectProperty<>(Optional.empty());
  private final ReadOnlyIntegerWrapper wanted = new ReadOnlyIntegerWrapper(NOBODY);

  /**
   * @param loader reads runs in full
   * @param background uses the disk
   * @param ui runs tasks on the window's thread
   * @param banner says what failed
   */
  OpenedRuns(RunLoader loader, Executor background, Executor ui, BannerViewModel banner) {
    this.loader = loader;
    this.opening = new LatestOnly(background);
    this.ui = ui;
    this.banner = banner;
    selected.addListener((o, was, is) -> wanted.set(NOBODY));
  }

  /** Adds a run of this session. */
  void add(RunEntry entry) {
    runs.add(0, entry);
  }

  /** Returns a run that is in memory. */
  Optional<RunEntry> find(int number) {
    return runs.stream()
        .filter(run -> run.number() == number)
        .findFirst()
        .or(() -> Optional.ofNullable(opened.get(number)));
  }

  /** Returns what yields the measurements of a run. */
  RunSource source(HistoryItem item) {
    return new RunSource(item, find(item.number()));
  }

  /** Shows a run: at once if it is in memory, else as soon as it is read. */
  void open(HistoryItem item) {
    Optional<RunEntry> there = find(item.number());
    if (there.isPresent()) {
      wanted.set(NOBODY);
      selected.set(there);
      return;
    }
    wanted.set(item.number());
    opening.submit(() -> read(item));
  }

  private void read(HistoryItem item) {
    try {
      RunEntry entry = RunEntry.of(loader.load(item.number(), JobMonitor.SILENT));
      ui.execute(() -> take(entry));
    } catch (HistoryException | RuntimeException e) {
      String sentence = Failures.sentence(e);
      ui.execute(
          () -> {
            if (wanted.get() == item.number()) {
              wanted.set(NOBODY);
              banner.show(sentence);
            }
          });
    } catch (JobCancelledException e) {
      throw new IllegalStateException("Nobody could cancel this.", e);
    }
  }

  private void take(RunEntry entry) {
    opened.put(entry.number(), entry);
    if (opened.size() > MOST_OPENED) {
      opened.remove(opened.keySet().iterator().next());
    }
    if (wanted.get() == entry.number()) {
      wanted.set(NOBODY);
      selected.set(Optional.of(entry));
    }
  }

  /** Shows none. */
  void close() {
    wanted.set(NOBODY);
    selected.set(Optional.empty());
  }

  /** The number of the run that is being read to be shown; that of no run if none is. */
  ReadOnlyIntegerProperty openingProperty() {
    return wanted.getReadOnlyProperty();
  }

  /** Runs of this session, newest first. */
  ObservableList<RunEntry> runs() {
    return runs;
  }

  /** The run that is shown; empty if none is. */
  ObjectProperty<Optional<RunEntry>> selectedProperty() {
    return selected;
  }
}
