package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.profile.Board;
import picocli.CommandLine.Option;

/** Devices that one does not own. */
final class BoardOptions {
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
}
