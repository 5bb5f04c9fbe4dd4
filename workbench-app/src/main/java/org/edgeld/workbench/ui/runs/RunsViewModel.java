package org.edgeld.workbench.ui.runs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
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
  private static final int MOST_OPENED = 12;
  private static final int NOBODY = Integer.MIN_VALUE;

  private final RunHistory history;
  private final RunLoader loader;
  private final Executor ui;
  private final BannerViewModel banner;
  private final LatestOnly listing;
  private final LatestOnly opening;
  private final LatestOnly comparing;
  private final FrameReading frames;
  private final HistoryEdits edits;
  private int comparisons;
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
  private final ObservableList<RunEntry> runs = FXCollections.observableArrayList();
  private final Map<Integer, RunEntry> opened = new LinkedHashMap<>();
  private final ObjectProperty<Optional<RunEntry>> selected =
      new SimpleObjectProperty<>(Optional.empty());
  private final ReadOnlyIntegerWrapper wanted = new ReadOnlyIntegerWrapper(NOBODY);

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
    this.opening = new LatestOnly(background);
    this.comparing = new LatestOnly(background);
    this.frames = new FrameReading(this::report, background, ui);
    this.edits = new HistoryEdits(history, background, ui, banner, this::refresh);
    filter.addListener((o, was, is) -> relist());
    order.addListener((o, was, is) -> relist());
    selected.addListener((o, was, is) -> wanted.set(NOBODY));
    refresh();
  }

  /** Reads the list again soon: other windows and the command line change it, too. */
  public void refresh() {
    listing.submit(
        () -> {
          HistoryList now;
          try {
            now = history.list();
          } catch (HistoryException e) {
            now = new HistoryList(List.of(), List.of(e.getMessage()));
          }
          HistoryList read = now;
          ui.execute(() -> show(read));
        });
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
    runs.add(0, entry);
    List<HistoryItem> with = new ArrayList<>(all.get().items());
    with.removeIf(other -> other.number() == item.number());
    with.add(0, item);
    all.set(new HistoryList(with, all.get().problems()));
    relist();
    selected.set(Optional.of(entry));
    refresh();
  }

  /** Shows a run: at once if it was shown before, else as soon as it is read. */
  public void open(HistoryItem item) {
    Optional<RunEntry> there = entry(item.number());
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

  private Optional<RunEntry> entry(int number) {
    return runs.stream()
        .filter(run -> run.number() == number)
        .findFirst()
        .or(() -> Optional.ofNullable(opened.get(number)));
  }

  /** Shows no run, but the plan of the present choices. */
  public void showPlan() {
    wanted.set(NOBODY);
    selected.set(Optional.empty());
  }

  /**
   * Something that yields what a run measured.
   *
   * @param item the run
   * @param entry of it, if it is in memory
   */
  public record Source(HistoryItem item, Optional<RunEntry> entry) {}

  /** Returns the chosen runs, or else the shown one; {@link #report} reads them. */
  public List<Source> sources() {
    List<HistoryItem> wantedItems =
        chosen.isEmpty()
            ? selected
                .get()
                .flatMap(run -> all.get().find(run.number()))
                .or(() -> runs.stream().findFirst().flatMap(run -> all.get().find(run.number())))
                .stream()
                .toList()
            : List.copyOf(chosen);
    return wantedItems.stream().map(item -> new Source(item, entry(item.number()))).toList();
  }

  /**
   * Compares runs on the background executor: intervals of differences are bootstrapped. Another
   * comparison that is asked for meanwhile takes its place.
   *
   * @param then is given the comparison on the window's thread
   */
  public void compare(List<HistoryItem> compared, Consumer<RunComparison> then) {
    int asked = ++comparisons;
    comparing.submit(
        () -> {
          try {
            RunComparison comparison = RunComparison.of(compared);
            ui.execute(
                () -> {
                  if (asked == comparisons) {
                    then.accept(comparison);
                  }
                });
          } catch (RuntimeException e) {
            String sentence = Failures.sentence(e);
            ui.execute(
                () -> {
                  if (asked == comparisons) {
                    banner.show(sentence);
                  }
                });
          }
        });
  }

  /**
   * Reads what some runs measured on the background executor.
   *
   * @param then is given them, in the same order, on the window's thread
   * @param failed is told why one cannot be read
   */
  void read(List<HistoryItem> items, Consumer<List<ReportedRun>> then, Consumer<String> failed) {
    frames.read(
        items.stream().map(item -> new Source(item, entry(item.number()))).toList(), then, failed);
  }

  /** Returns what a run measured; for background threads. */
  public ReportedRun report(Source source, JobMonitor monitor)
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
    return wanted.getReadOnlyProperty();
  }

  /** Runs of this session, newest first. */
  public ObservableList<RunEntry> runs() {
    return runs;
  }

  /** The run that is shown; empty while the plan of the present choices is. */
  public ObjectProperty<Optional<RunEntry>> selectedProperty() {
    return selected;
  }
}
