package org.edgeld.workbench.ui.runs;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.history.Fairness;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.HistoryList;
import org.edgeld.workbench.history.RunHead;
import org.edgeld.workbench.words.Figures;

/** What lists say of a run. */
final class RunWords {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

  private RunWords() {}

  /**
   * Returns the line below the title: what it repeats, what ran if a name hides it, and on what.
   */
  static String caption(HistoryItem item, HistoryList all) {
    String method = item.notes().name().isEmpty() ? "" : item.head().methodWords() + " · ";
    return repetition(item, all).map(words -> words + " · ").orElse("")
        + method
        + item.head().setting();
  }

  /** Returns what a run repeats, and whether the same came out; empty if it repeats none. */
  static Optional<String> repetition(HistoryItem item, HistoryList all) {
    if (item.head().rerunOf().isEmpty()) {
      return Optional.empty();
    }
    String again = HistoryItem.label(item.head().rerunOf().getAsInt()) + " again";
    Optional<RunHead.RunDigests> first =
        all.find(item.head().rerunOf().getAsInt()).map(run -> run.head().digests());
    if (first.isEmpty()) {
      return Optional.of(again);
    }
    String plan =
        first.get().programs().equals(item.head().digests().programs()) ? "" : ", planned anew";
    String output =
        first.get().outputs().equals(item.head().digests().outputs())
            ? ", same output"
            : ", other output";
    return Optional.of(again + plan + output);
  }

  /** Returns how much faster than the pinned run, or why that is not said. */
  static String against(HistoryItem item, HistoryItem pinned) {
    return Fairness.objection(item.head(), pinned.head())
        .orElseGet(
            () ->
                Figures.factor(item.head().times().speedupOver(pinned.head().times()))
                    + " vs. "
                    + pinned.label());
  }

  /** Returns everything that has no room in the list. */
  static String tooltip(HistoryItem item) {
    RunHead head = item.head();
    StringBuilder text = new StringBuilder();
    if (!item.notes().name().isEmpty()) {
      text.append(item.notes().name()).append('\n');
    }
    text.append("%s, %s%n".formatted(head.methodWords(), head.setting()));
    text.append(
        "%s, 95 %% interval %s to %s%n"
            .formatted(
                Figures.millis(head.times().latency().median()),
                Figures.millis(head.times().latency().low()),
                Figures.millis(head.times().latency().high())));
    head.times()
        .speedupLocal()
        .ifPresent(s -> text.append("%s against the head alone%n".formatted(Figures.factor(s))));
    head.times()
        .speedupRemote()
        .ifPresent(s -> text.append("%s against one remote%n".formatted(Figures.factor(s))));
    text.append(WHEN.format(head.started().atZone(ZoneId.systemDefault())));
    text.append(head.emulated() ? ", emulated devices" : "");
    if (!item.notes().tags().isEmpty()) {
      text.append("\nTags: ").append(String.join(", ", item.notes().tags()));
    }
    return text.toString();
  }
}
