package org.edgeld.workbench.ui.runs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.edgeld.workbench.history.HistoryException;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.history.RunNotes;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.Failures;

/** Changes the history off the window's thread; the list follows. */
public final class HistoryEdits {
  private final RunHistory history;
  private final Executor background;
  private final Executor ui;
  private final BannerViewModel banner;
  private final Runnable refresh;
  private final ReadOnlyObjectWrapper<List<Integer>> deleted =
      new ReadOnlyObjectWrapper<>(List.of());

  /** Something that is changed. */
  @FunctionalInterface
  private interface Edit {
    void apply() throws IOException, HistoryException;
  }

  /**
   * @param refresh reads the list again, on the background executor
   */
  HistoryEdits(
      RunHistory history,
      Executor background,
      Executor ui,
      BannerViewModel banner,
      Runnable refresh) {
    this.history = history;
    this.background = background;
    this.ui = ui;
    this.banner = banner;
    this.refresh = refresh;
  }

  private void apply(Edit edit) {
    background.execute(
        () -> {
          try {
            edit.apply();
          } catch (IOException | HistoryException | IllegalArgumentException e) {
            String sentence = Failures.sentence(e);
            ui.execute(() -> banner.show(sentence));
          }
          refresh.run();
        });
  }

  /** Gives a run a name and tags in place of those it has. */
  public void annotate(HistoryItem item, RunNotes notes) {
    apply(() -> history.annotate(item.number(), old -> notes));
  }

  /** Gives several runs tags more. */
  public void addTags(List<HistoryItem> items, List<String> tags) {
    apply(
        () -> {
          for (HistoryItem item : items) {
            history.annotate(item.number(), old -> old.tagged(joined(old.tags(), tags)));
          }
        });
  }

  private static List<String> joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** Pins a run as the one that others are compared with; the pinned one is let go. */
  public void togglePin(HistoryItem item) {
    apply(() -> history.pin(item.pinned() ? OptionalInt.empty() : OptionalInt.of(item.number())));
  }

  /** Deletes runs; {@link #undoDelete} brings them back. */
  public void delete(List<HistoryItem> items) {
    List<Integer> numbers = items.stream().map(HistoryItem::number).toList();
    apply(
        () -> {
          history.delete(numbers);
          ui.execute(() -> deleted.set(numbers));
        });
  }

  /** Brings the runs back that were deleted last. */
  public void undoDelete() {
    List<Integer> numbers = deleted.get();
    deleted.set(List.of());
    apply(
        () -> {
          Optional<HistoryException> first = Optional.empty();
          for (int number : numbers) {
            try {
              history.restore(number);
            } catch (HistoryException e) {
              // the others can come back all the same
              first = first.or(() -> Optional.of(e));
            }
          }
          if (first.isPresent()) {
            throw first.get();
          }
        });
  }

  /** Forgets that runs were deleted last; they stay deleted. */
  public void forgetDeleted() {
    deleted.set(List.of());
  }

  /** The runs that were deleted last and can be brought back. */
  public ReadOnlyObjectProperty<List<Integer>> deletedProperty() {
    return deleted.getReadOnlyProperty();
  }
}
