package org.edgeld.workbench.ui.boards;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.profile.TypedBoards;
import org.junit.jupiter.api.Test;

class BoardsFormTest {
  private static final int TRIES = 200;

  private final BoardsForm form = new BoardsForm(Optional.empty());

  private void type(int line, String... texts) {
    while (form.lines().size() <= line) {
      form.add();
    }
    for (int i = 0; i < texts.length; i++) {
      form.lines().get(line).text(BoardField.values()[i]).set(texts[i]);
    }
  }

  @Test
  void aLineIsWhatTheCommandLineCallsABoard() {
    Random random = new Random(7);
    for (int i = 0; i < TRIES; i++) {
      String[] texts = {
        "" + (1 + random.nextInt(3)), "b", "" + (1 + random.nextInt(90)), "", "", "", ""
      };
      for (int field = 3; field < texts.length; field++) {
        texts[field] =
            random.nextBoolean() ? "" : String.format(Locale.ROOT, "%.2f", 1 + random.nextDouble());
      }
      type(0, texts);
      String line = form.lines().get(0).text();
      assertThat(Board.parse(line))
          .as(line)
          .isEqualTo(Board.parse(texts[0] + "x" + String.join(":", List.of(texts).subList(1, 7))));
      assertThat(BoardLine.of(line).text()).isEqualTo(line);
    }
  }

  @Test
  void emptyLinesDoNotCount() {
    type(0, "4", "pi4", "8", "4", "4000", "50");
    type(1);
    type(2, "", "jetson", "60");
    assertThat(form.count()).isEqualTo(5);
    assertThat(form.answer().boards().orElseThrow().kinds())
        .containsExactly("4xpi4:8:4:4000:50", "jetson:60");
  }

  @Test
  void whatIsWrongIsSaidAtItsField() {
    type(0, "0", "", "fast", "0", "-1", "x", "0.0001");
    for (BoardField field : BoardField.values()) {
      assertThat(form.lines().get(0).problem(field))
          .as(field.toString())
          .hasValueSatisfying(words -> assertThat(words).contains("Maybe").endsWith("."));
    }
    assertThat(form.answer().boards()).isEmpty();
    type(0, "2000", "a:b", "NaN", "Infinity");
    for (BoardField field :
        List.of(BoardField.COUNT, BoardField.NAME, BoardField.GFLOPS, BoardField.GIGABYTES)) {
      assertThat(form.lines().get(0).problem(field)).as(field.toString()).isPresent();
    }
    type(0, "2", "3xa", "8", "", "", "", "");
    assertThat(form.lines().get(0).problem(BoardField.NAME).orElseThrow()).contains("like a count");
  }

  @Test
  void whatConcernsNoFieldIsSaidBelow() {
    assertThat(form.answer().problem()).startsWith("There is no board.");
    type(0, "", "pi4", "8");
    type(1, "", "pi4", "9");
    assertThat(form.answer().problem()).startsWith("Two boards are named pi4.");
    form.remove(form.lines().get(1));
    form.rateProperty().set("fast");
    assertThat(form.answer().problem())
        .startsWith("The network's rate (\"fast\") is not a number.");
  }

  @Test
  void theFormBeginsWithWhatWasTypedLast() {
    TypedBoards last =
        new TypedBoards("bench", List.of("4xpi4:8:4:4000:50", "jetson:60::::100"), 100, 0.5);
    assertThat(new BoardsForm(Optional.of(last)).answer().boards()).contains(last);
  }

  @Test
  void whatWasUsedBeforeIsKeptAsText() {
    List<RecentProfile> all =
        List.of(
            new RecentProfile.Typed(new TypedBoards("", List.of("2xpi4:8"), 100, 0)),
            new RecentProfile.InFile("lab bench", "vgg16", Path.of("some", "where.json")));
    for (RecentProfile profile : all) {
      assertThat(RecentProfile.parse(profile.text())).contains(profile);
    }
    assertThat(RecentProfile.parse("typed\n")).isEmpty();
    assertThat(RecentProfile.parse("file\nonly a name")).isEmpty();
    assertThat(RecentProfile.parse("of another version")).isEmpty();
  }
}
