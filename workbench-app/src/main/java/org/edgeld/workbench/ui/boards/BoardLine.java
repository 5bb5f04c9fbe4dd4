package org.edgeld.workbench.ui.boards;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** One kind of board as it is typed. */
final class BoardLine {
  private static final Pattern COUNTED = Pattern.compile("(?:(\\d{1,9})x)?(.*)", Pattern.DOTALL);

  private final Map<BoardField, StringProperty> texts = new EnumMap<>(BoardField.class);

  /** Creates an empty line. */
  BoardLine() {
    for (BoardField field : BoardField.values()) {
      texts.put(field, new SimpleStringProperty(""));
    }
  }

  /** Returns the line of a kind that {@link #text} has written. */
  static BoardLine of(String kind) {
    BoardLine line = new BoardLine();
    Matcher counted = COUNTED.matcher(kind);
    if (!counted.matches()) {
      return line;
    }
    line.text(BoardField.COUNT).set(counted.group(1) == null ? "" : counted.group(1));
    List<String> parts = List.of(counted.group(2).split(":", -1));
    BoardField[] fields = BoardField.values();
    for (int i = 0; i < parts.size() && i + 1 < fields.length; i++) {
      line.text(fields[i + 1]).set(parts.get(i).strip());
    }
    return line;
  }

  /** Returns what is typed into a field. */
  StringProperty text(BoardField field) {
    return texts.get(field);
  }

  private String typed(BoardField field) {
    return texts.get(field).get().strip();
  }

  /** Tells whether nothing is typed. */
  boolean blank() {
    return texts.values().stream().allMatch(text -> text.get().isBlank());
  }

  /** Returns what is wrong with a field, in a sentence; an empty line may stay. */
  Optional<String> problem(BoardField field) {
    return blank() ? Optional.empty() : field.problem(texts.get(field).get());
  }

  /** Returns the kind in the form that boards are typed in on the command line. */
  String text() {
    StringBuilder text = new StringBuilder();
    String count = typed(BoardField.COUNT);
    if (!count.isEmpty() && Integer.parseInt(count) > 1) {
      text.append(Integer.parseInt(count)).append('x');
    }
    text.append(typed(BoardField.NAME)).append(':').append(typed(BoardField.GFLOPS));
    for (BoardField field :
        List.of(
            BoardField.GIGABYTES, BoardField.MEGABYTES, BoardField.MICROS, BoardField.MEGABITS)) {
      text.append(':').append(typed(field));
    }
    return text.toString().replaceFirst(":+$", "");
  }
}
