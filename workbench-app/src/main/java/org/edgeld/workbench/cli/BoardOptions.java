package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.profile.Board;
import picocli.CommandLine.Option;

/** Devices that one does not own. */
final class BoardOptions {
  private static final String CAVEAT =
      "Links of boards differ. A slice counts as filling the interfaces of both ends at the slower"
          + " one's rate, so a faster board's transfers with several others may be predicted too"
          + " slow, and the lower bound may be too high.";

  @Option(
      names = "--board",
      paramLabel = Board.FORM,
      description =
          "A board to plan for without having it, such as 4xpi4:8:4:4000:50: how many, its name,"
              + " GFLOP/s, GB/s of its memory, MB of memory, µs of overhead a layer, Mbit/s of its"
              + " link, each way, at most --link-mbps (1000 without it). What else is left out is"
              + " not limited. May be repeated; the first is device A. No agent is started.")
  private List<String> boards = new ArrayList<>();

  /** Tells whether any was given. */
  boolean given() {
    return !boards.isEmpty();
  }

  /** Returns the boards, in order. */
  List<Board> boards() throws BadInputException {
    try {
      List<Board> all = new ArrayList<>();
      for (String text : boards) {
        all.addAll(Board.parse(text));
      }
      Board.requireDistinct(all);
      return all;
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /**
   * Returns what is to be said about predictions for boards whose own links differ by more than
   * half; empty if they do not.
   *
   * @param commonBitsPerSecond of the network between them
   */
  Optional<String> caveat(double commonBitsPerSecond) throws BadInputException {
    DoubleSummaryStatistics rates =
        boards().stream()
            .mapToDouble(board -> Math.min(commonBitsPerSecond, board.linkBitsPerSecond()))
            .summaryStatistics();
    return rates.getMax() > 1.5 * rates.getMin() ? Optional.of(CAVEAT) : Optional.empty();
  }
}
