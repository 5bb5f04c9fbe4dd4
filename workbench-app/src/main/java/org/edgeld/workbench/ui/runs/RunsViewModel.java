package org.edgeld.workbench.ui.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.edgeld.workbench.experiment.runs.RunComparison;
import org.edgeld.workbench.history.HistoryException;
import org.edgeld.workbench.history.HistoryFilter;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.HistoryList;
import org.edgeld.workbench.history.HistoryOrder;
import org.edgeld.workbench.history.KeptRun;
import org.edgeld.workbench.history.RunHead;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.history.RunLoader;
import org.edgeld.workbench.history.RunNotes;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.Failures;
import org.edgeld.workbench.ui.job.LatestOnly;

/**
 * The history: all kept runs, which of them are listed, and which one is shown. The disk is used on
 * the background executor only.
 */
public final class RunsViewModel {
  private final RunHistory history;
  private final RunLoader loader;
  private final Executor ui;
  private final BannerViewModel banner;
  private final LatestOnly listing;
  private final OpenedRuns opened;
  private final RunComparing comparing;
  private final FrameReading frames;
  private final HistoryEdits edits;
  private final AtomicInteger failures = new AtomicInteger();
  private final List<HistoryItem> unkept = new ArrayList<>();
  private final ReadOnlyObjectWrapper<HistoryList> all =
      new ReadOnlyObjectWrapper<>(HistoryList.EMPTY);
  private final ObservableList<HistoryItem> items = FXCollections.observableArrayList();
  private final ObservableList<HistoryItem> chosen = FXCollections.observableArrayList();
  private final ObjectProperty<HistoryFilter> filter =
      new SimpleObjectProperty<>(HistoryFilter.ALL);
  private final ObjectProperty<HistoryOrder> order =
      new SimpleObjectProperty<>(HistoryOrder.NEWEST);

  /**
   * @param history where runs are kept
   * @param loader reads them in full
   * @param background uses the disk
   * @param ui runs tasks on the window's thread
   * @param banner says what failed
   */
  public RunsViewModel(
      RunHistory history,
      RunLoader loader,
      Executor background,
      Executor ui,
      BannerViewModel banner) {
    this.history = history;
    this.loader = loader;
    this.ui = ui;
    this.banner = banner;
    this.listing = new LatestOnly(background);
    this.opened = new OpenedRuns(loader, background, ui, banner);
    this.comparing = new RunComparing(background, ui, banner);
    this.frames = new FrameReading(this::report, background, ui);
    this.edits = new HistoryEdits(history, background, ui, banner, this::refresh);
    filter.addListener((o, was, is) -> relist());
    order.addListener((o, was, is) -> relist());
    refresh();
  }

  /** Reads the list again soon: other windows and the command line change it, too. */
  public void refresh() {
    listing.submit(
        () -> {
          HistoryList read = list();
          ui.execute(() -> show(read));
        });
  }

  private HistoryList list() {
    try {
      return history.list();
    } catch (HistoryException e) {
      return new HistoryList(List.of(), List.of(e.getMessage()));
    }
  }

  private void show(HistoryList read) {
    List<HistoryItem> with = new ArrayList<>(unkept);
    with.addAll(read.items());
    all.set(new HistoryList(with, read.problems()));
    relist();
  }

  private void relist() {
    List<HistoryItem> now = filter.get().of(all.get().items(), order.get());
    if (!now.equals(items)) {
      items.setAll(now);
    }
    chosen.removeIf(item -> all.get().find(item.number()).isEmpty());
  }

  /**
   * Keeps a run; for background threads. If that fails the banner says so, and the run is shown for
   * as long as the window is open.
   */
  public HistoryItem keep(KeptRun run) {
    RunHead head = RunHead.of(run);
    try {
      return new HistoryItem(history.keep(run), head, RunNotes.NONE, false);
    } catch (IOException e) {
      String sentence =
          "The run could not be kept (%s), so it is gone when the window closes. Maybe the disk is full."
              .formatted(Failures.sentence(e));
      ui.execute(() -> banner.show(sentence));
      return new HistoryItem(-failures.getAndIncrement(), head, RunNotes.NONE, false);
    }
  }

  /** Adds a run that was just measured, and shows it. */
  public void add(HistoryItem item, RunEntry entry) {
    if (!item.kept()) {
      unkept.add(0, item);
    }
    opened.add(entry);
    List<HistoryItem> with = new ArrayList<>(all.get().items());
    with.removeIf(other -> other.number() == item.number());
    with.add(0, item);
    all.set(new HistoryList(with, all.get().problems()));
    relist();
    selectedProperty().set(Optional.of(entry));
    refresh();
  }

  /** Shows a run: at once if it was shown before, else as soon as it is read. */
  public void open(HistoryItem item) {
    opened.open(item);
  }

  /** Shows no run, but the plan of the present choices. */
  public void showPlan() {
    opened.close();
  }

  /** Returns the chosen runs, or else the shown one; {@link #report} reads them. */
  public List<RunSource> sources() {
    List<HistoryItem> wantedItems =
        chosen.isEmpty()
            ? selectedProperty()
                .get()
                .flatMap(run -> all.get().find(run.number()))
                .or(() -> runs().stream().findFirst().flatMap(run -> all.get().find(run.number())))
                .stream()
                .toList()
            : List.copyOf(chosen);
    return wantedItems.stream().map(opened::source).toList();
  }

  /**
   * Compares runs on the background executor. Another comparison that is asked for meanwhile takes
   * its place.
   *
   * @param then is given the comparison on the window's thread
   */
  public void compare(List<HistoryItem> compared, Consumer<RunComparison> then) {
    comparing.compare(compared, then);
  }

  /**
   * Reads what some runs measured on the background executor.
   *
   * @param then is given them, in the same order, on the window's thread
   * @param failed is told why one cannot be read
   */
  void read(List<HistoryItem> items, Consumer<List<ReportedRun>> then, Consumer<String> failed) {
    frames.read(items.stream().map(opened::source).toList(), then, failed);
  }

  /** Returns what a run measured; for background threads. */
  public ReportedRun report(RunSource source, JobMonitor monitor)
      throws HistoryException, JobCancelledException {
    return source.entry().isPresent()
        ? source.entry().get().report()
        : loader.load(source.item().number(), monitor).report();
  }

  /** Says why files cannot be read. */
  public void sayProblems() {
    banner.show(String.join("\n", all.get().problems()));
  }

  /** All runs there are, and what cannot be read. */
  public ReadOnlyObjectProperty<HistoryList> allProperty() {
    return all.getReadOnlyProperty();
  }

  /** The runs that pass the filter, in order. */
  public ObservableList<HistoryItem> items() {
    return items;
  }

  /** The runs that the researcher marked in the list. */
  public ObservableList<HistoryItem> chosen() {
    return chosen;
  }

  public ObjectProperty<HistoryFilter> filterProperty() {
    return filter;
  }

  public ObjectProperty<HistoryOrder> orderProperty() {
    return order;
  }

  /** What changes the history. */
  public HistoryEdits edits() {
    return edits;
  }

  /** The number of the run that is being read to be shown; that of no run if none is. */
  public ReadOnlyIntegerProperty openingProperty() {
    return opened.openingProperty();
  }

  /** Runs of this session, newest first. */
  public ObservableList<RunEntry> runs() {
    return opened.runs();
  }

  /** The run that is shown; empty while the plan of the present choices is. */
  public ObjectProperty<Optional<RunEntry>> selectedProperty() {
    return opened.selectedProperty();
  }
}
