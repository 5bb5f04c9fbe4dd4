package org.edgeld.workbench.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class BoardTest {
  private static final double ENDLESS = Double.POSITIVE_INFINITY;

  @Test
  void everyPartOfABoardCanBeTyped() {
    assertThat(Board.parse("pi4:8:4:4000:50"))
        .containsExactly(new Board("pi4", 8e9, 4e9, 4_000_000_000L, 50_000));
    assertThat(Board.parse("2xpi4:8:4:4000:50:100"))
        .containsExactly(
            new Board("pi4-1", 8e9, 4e9, 4_000_000_000L, 50_000, 1e8),
            new Board("pi4-2", 8e9, 4e9, 4_000_000_000L, 50_000, 1e8));
  }

  @Test
  void whatIsLeftOutIsNotLimited() {
    assertThat(Board.parse("pi4:0.5")).containsExactly(new Board("pi4", 5e8, ENDLESS, 0, 0));
    assertThat(Board.parse("pi4:8::1000"))
        .containsExactly(new Board("pi4", 8e9, ENDLESS, 1_000_000_000L, 0));
    assertThat(Board.parse("pi4:8:::2.5")).containsExactly(new Board("pi4", 8e9, ENDLESS, 0, 2500));
  }

  @Test
  void aCountMakesSeveralThatCanBeToldApart() {
    assertThat(Board.parse("3xpi4:8"))
        .containsExactly(Board.of("pi4-1", 8e9), Board.of("pi4-2", 8e9), Board.of("pi4-3", 8e9));
  }

  @Test
  void boardsAreTakenInTurn() {
    List<Board> mixed = List.of(Board.of("a", 1e9), Board.of("b", 2e9));

    assertThat(Board.repeated(mixed, 3).stream().map(Board::name))
        .containsExactly("a-1", "b-1", "a-2");
    assertThat(Board.repeated(mixed, 2)).isEqualTo(mixed);
    assertThat(Board.repeated(mixed, 1)).containsExactly(mixed.get(0));
  }

  @Test
  void boardsOfOneNameAreRefused() {
    List<Board> twins = List.of(Board.of("a", 1e9), Board.of("b", 1e9), Board.of("a", 2e9));

    assertThatThrownBy(() -> Board.requireDistinct(twins))
        .hasMessage("Two boards are named a. Maybe write 2xa, or name them differently.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pi4                | "pi4" is not a board.
          :8                 | A board needs a name.
          pi4:               | The board pi4 has 0.0 GFLOP/s.
          pi4:-8             | The board pi4 has -8.0 GFLOP/s.
          pi4:NaN            | The board pi4 has NaN GFLOP/s.
          pi4:Infinity       | The board pi4 has Infinity GFLOP/s.
          pi4:fast           | "fast" in the board "pi4:fast" is not a number.
          pi4:8:0            | The board pi4 has 0.0 GB/s of memory.
          pi4:8:4:-1         | -1 in the board "pi4:8:4:-1" is out of range.
          pi4:8:4:4000:50:0  | The board pi4 has 0.0 Mbit/s.
          pi4:8:4:4000:50:7:1 | "pi4:8:4:4000:50:7:1" is not a board.
          0xpi4:8            | 0 boards are not possible. Maybe use 1 to 1024.
          9999xpi4:8         | 9999 boards are not possible.
          """)
  void whatIsNoBoardIsRefusedInOneSentence(String text, String words) {
    assertThatThrownBy(() -> Board.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("Maybe");
  }
}
