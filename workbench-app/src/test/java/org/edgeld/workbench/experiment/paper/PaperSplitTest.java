package org.edgeld.workbench.experiment.paper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class PaperSplitTest {
  @Test
  void onlyAPartThatMovesAsTheWholeCanBeMostOfTheChange() {
    // leader +2, busiest follower −30, transfers and waiting +48
    PaperSplit before = new PaperSplit(100, 10, 60, 5);
    PaperSplit after = new PaperSplit(120, 12, 30, 5);
    assertThat(PaperSplit.mostly(before, after)).contains("transfers and waiting");
    assertThat(PaperSplit.mostly(after, before)).contains("transfers and waiting");
    // leader +20, busiest follower −50, transfers and waiting +10
    PaperSplit faster = new PaperSplit(80, 30, 10, 5);
    assertThat(PaperSplit.mostly(before, faster)).contains("the followers' computing");
    // leader +100, busiest follower +110, transfers and waiting −200
    PaperSplit slower = new PaperSplit(400, 110, 180, 5);
    PaperSplit waiting = new PaperSplit(390, 10, 70, 5);
    assertThat(PaperSplit.mostly(waiting, slower)).contains("the followers' computing");
    assertThat(PaperSplit.mostly(before, before)).isEmpty();
  }
}
