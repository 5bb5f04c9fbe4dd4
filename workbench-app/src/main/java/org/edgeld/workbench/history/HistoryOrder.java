package org.edgeld.workbench.history;

import java.time.Instant;
import java.util.Comparator;

/** Orders of a list of runs. */
public enum HistoryOrder {
  NEWEST(
      "newest",
      "Newest first",
      Comparator.<HistoryItem, Instant>comparing(item -> item.head().started()).reversed()),
  FASTEST(
      "latency",
      "Lowest latency first",
      Comparator.comparingDouble(item -> item.head().times().latency().median())),
  SPEEDUP(
      "speedup",
      "Largest speedup first",
      Comparator.comparingDouble(item -> -item.head().times().speedupLocal().orElse(0.0))),
  THROUGHPUT(
      "throughput",
      "Largest throughput first",
      Comparator.comparingDouble(item -> -item.head().times().batches().throughput().median())),
  MODEL(
      "model",
      "By network and devices",
      Comparator.<HistoryItem, String>comparing(item -> item.head().model().id())
          .thenComparing(item -> item.head().model().size())
          .thenComparing(item -> item.head().devices().size())),
  TITLE("name", "By name", Comparator.comparing(HistoryItem::title, String.CASE_INSENSITIVE_ORDER));

  private final String id;
  private final String title;
  private final Comparator<HistoryItem> comparator;

  HistoryOrder(String id, String title, Comparator<HistoryItem> comparator) {
    this.id = id;
    this.title = title;
    this.comparator =
        comparator.thenComparing(item -> -Math.abs(item.number())); // unkept ones count down
  }

  /** Returns the name on the command line. */
  public String id() {
    return id;
  }

  /** Returns the name in the window. */
  public String title() {
    return title;
  }

  /** Returns the order; of equals the newest comes first. */
  public Comparator<HistoryItem> comparator() {
    return comparator;
  }
}
