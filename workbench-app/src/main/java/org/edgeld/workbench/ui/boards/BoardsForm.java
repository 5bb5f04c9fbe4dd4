package org.edgeld.workbench.ui.boards;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.edgeld.workbench.profile.TypedBoards;
import org.edgeld.workbench.words.Figures;

/** What is typed about a cluster, line by line. */
final class BoardsForm {
  private static final String RATE = "1000";
  private static final String DELAY = "0";

  private final ObservableList<BoardLine> lines = FXCollections.observableArrayList();
  private final StringProperty name = new SimpleStringProperty("");
  private final StringProperty rate = new SimpleStringProperty(RATE);
  private final StringProperty delay = new SimpleStringProperty(DELAY);

  /** A cluster, or what is wrong with it where no field is. */
  record Answer(Optional<TypedBoards> boards, String problem) {
    private static Answer wrong(String problem) {
      return new Answer(Optional.empty(), problem);
    }
  }

  /**
   * @param last what was typed before; empty for a form with nothing in it
   */
  BoardsForm(Optional<TypedBoards> last) {
    last.ifPresent(
        boards -> {
          name.set(boards.name());
          rate.set(Figures.plain(boards.linkMegabitsPerSecond()));
          delay.set(Figures.plain(boards.linkDelayMillis()));
          boards.kinds().forEach(kind -> lines.add(BoardLine.of(kind)));
        });
    if (lines.isEmpty()) {
      add();
    }
  }

  ObservableList<BoardLine> lines() {
    return lines;
  }

  /** Name of the cluster. */
  StringProperty nameProperty() {
    return name;
  }

  /** What the network carries, in Mbit/s. */
  StringProperty rateProperty() {
    return rate;
  }

  /** How long the first bit is under way, in ms. */
  StringProperty delayProperty() {
    return delay;
  }

  /** Adds an empty line and returns it. */
  BoardLine add() {
    BoardLine line = new BoardLine();
    lines.add(line);
    return line;
  }

  /** Removes a line; of the only one what is typed. */
  void remove(BoardLine line) {
    lines.remove(line);
    if (lines.isEmpty()) {
      add();
    }
  }

  /** Returns how many boards are typed in so far; lines that are wrong do not count. */
  int count() {
    return lines.stream()
        .filter(line -> !line.blank() && line.problem(BoardField.COUNT).isEmpty())
        .mapToInt(
            line -> {
              String count = line.text(BoardField.COUNT).get().strip();
              return count.isEmpty() ? 1 : Integer.parseInt(count);
            })
        .sum();
  }

  /** Tells whether every field of every line can be used. */
  boolean linesFine() {
    return lines.stream()
        .allMatch(
            line ->
                List.of(BoardField.values()).stream()
                    .allMatch(field -> line.problem(field).isEmpty()));
  }

  /** Returns the cluster; lines in which nothing is typed do not count. */
  Answer answer() {
    if (!linesFine()) {
      return Answer.wrong("");
    }
    List<String> kinds = new ArrayList<>();
    lines.stream().filter(line -> !line.blank()).forEach(line -> kinds.add(line.text()));
    try {
      return new Answer(
          Optional.of(
              new TypedBoards(
                  name.get(),
                  kinds,
                  number("network's rate", rate.get()),
                  number("network's delay", delay.get()))),
          "");
    } catch (IllegalArgumentException e) {
      return Answer.wrong(e.getMessage());
    }
  }

  private static double number(String what, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (\"%s\") is not a number. Maybe use digits only.".formatted(what, text), e);
    }
  }
}
