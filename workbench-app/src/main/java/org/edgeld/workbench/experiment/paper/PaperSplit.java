package org.edgeld.workbench.experiment.paper;

import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.Numbers;

/**
 * What a frame's time was spent on as measured: why speedups differ. Leader and followers compute
 * in turns, so what is left beside the leader and the busiest follower is transfers and waiting.
 *
 * @param all median latency of a frame in milliseconds
 * @param leader of it the leader computes
 * @param busiest computing of the follower that computes most
 * @param sending in which the leader sends and does not compute; a part of the rest
 */
record PaperSplit(double all, double leader, double busiest, double sending) {
  static PaperSplit of(ConfigurationSummary c) {
    return new PaperSplit(
        c.latencyMillis().value(),
        PaperWhy.leader(c),
        PaperWhy.busiest(c),
        c.deviceTimes().get(0).sendMillis());
  }

  /** Returns what is neither the leader's computing nor that of the busiest follower. */
  double rest() {
    return Math.max(0, all - leader - busiest);
  }

  private String words() {
    return "%s ms (leader computes %s, busiest follower %s, transfers and waiting %s, of that the leader sends %s)"
        .formatted(
            Numbers.digits3(all),
            Numbers.digits3(leader),
            Numbers.digits3(busiest),
            Numbers.digits3(rest()),
            Numbers.digits3(sending));
  }

  /**
   * Says what a frame is spent on with one follower and with four, and which part keeps four
   * followers from being four times as fast.
   *
   * @param where what the cells have in common, at the beginning of a sentence
   */
  static String oneAndFour(PaperCells cells, String where, Cell one) {
    Optional<PaperSplit> single = cells.find(one).map(PaperSplit::of);
    Optional<PaperSplit> four = cells.find(one.followers(PaperCells.MOST)).map(PaperSplit::of);
    if (single.isEmpty() || four.isEmpty()) {
      return "";
    }
    PaperSplit a = single.get();
    PaperSplit b = four.get();
    return String.format(
        Locale.ROOT,
        "%s a frame takes %s with one follower and %s with four: the busiest follower computes"
            + " %s times as fast, and %s %% of the frame are not divided among followers in place"
            + " of %s %%. ",
        where,
        a.words(),
        b.words(),
        b.busiest > 0 ? Numbers.digits3(a.busiest / b.busiest) : "–",
        Numbers.digits3(100 * b.undivided()),
        Numbers.digits3(100 * a.undivided()));
  }

  private double undivided() {
    return all > 0 ? (leader + rest()) / all : 0;
  }

  /** Says what makes the frames of two cells differ, part by part; empty if one is missing. */
  static String change(PaperCells cells, String words, Cell from, Cell to) {
    Optional<PaperSplit> before = cells.find(from).map(PaperSplit::of);
    Optional<PaperSplit> after = cells.find(to).map(PaperSplit::of);
    if (before.isEmpty() || after.isEmpty()) {
      return "";
    }
    PaperSplit a = before.get();
    PaperSplit b = after.get();
    return String.format(
        Locale.ROOT,
        "%s a frame changes by %+.1f ms: the leader's computing by %+.1f, the busiest follower's by"
            + " %+.1f, transfers and waiting by %+.1f%s. ",
        words,
        b.all - a.all,
        b.leader - a.leader,
        b.busiest - a.busiest,
        b.rest() - a.rest(),
        mostly(a, b).map(part -> ", so it is mostly " + part).orElse(""));
  }

  /**
   * Returns the part that changes most among those that change as the whole; empty if none does.
   */
  static Optional<String> mostly(PaperSplit before, PaperSplit after) {
    double sign = Math.signum(after.all - before.all);
    double leader = sign * (after.leader - before.leader);
    double busiest = sign * (after.busiest - before.busiest);
    double rest = sign * (after.rest() - before.rest());
    double most = Math.max(rest, Math.max(busiest, leader));
    if (most <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        rest == most
            ? "transfers and waiting"
            : busiest == most ? "the followers' computing" : "the leader's computing");
  }
}
