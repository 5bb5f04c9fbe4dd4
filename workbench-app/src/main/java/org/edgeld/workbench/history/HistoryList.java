package org.edgeld.workbench.history;

import java.util.List;
import java.util.Optional;

/**
 * The runs there are.
 *
 * @param items the newest first
 * @param problems a sentence for each run, or notes of a run, that cannot be read
 */
public record HistoryList(List<HistoryItem> items, List<String> problems) {
  /** Nothing was kept yet. */
  public static final HistoryList EMPTY = new HistoryList(List.of(), List.of());

  public HistoryList {
    items = List.copyOf(items);
    problems = List.copyOf(problems);
  }

  /** Returns a run by its number. */
  public Optional<HistoryItem> find(int number) {
    return items.stream().filter(item -> item.number() == number).findFirst();
  }

  /** Returns the run that others are compared with. */
  public Optional<HistoryItem> pinned() {
    return items.stream().filter(HistoryItem::pinned).findFirst();
  }
}
