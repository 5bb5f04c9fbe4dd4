package org.edgeld.workbench.ui.boards;

import java.util.Optional;

/** What is typed about one kind of board, in the order of its line. */
enum BoardField {
  COUNT("count", "Boards", "1", "How many boards of this kind there are.", true),
  NAME("name", "Name", "pi4", "What to call it; several get numbers behind it.", false),
  GFLOPS("gflops", "GFLOP/s", "8", "π: thousand million operations a second.", false),
  GIGABYTES(
      "gigabytes", "GB/s", "4", "β: what its memory reads and writes. Empty: no limit.", true),
  MEGABYTES("megabytes", "MB", "4000", "How much memory it has. Empty: enough.", true),
  MICROS("micros", "µs", "50", "What starting a layer takes. Empty: nothing.", true),
  MEGABITS("megabits", "Mbit/s", "100", "What its link carries. Empty: as the network.", true);

  private static final int MOST_BOARDS = 1024;
  private static final double MOST = 1e9;
  private static final double LEAST_MEGABITS = 0.001;

  private final String id;
  private final String title;
  private final String example;
  private final String explanation;
  private final boolean optional;

  BoardField(String id, String title, String example, String explanation, boolean optional) {
    this.id = id;
    this.title = title;
    this.example = example;
    this.explanation = explanation;
    this.optional = optional;
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }

  /** A value that makes sense, to be seen while the field is empty. */
  String example() {
    return example;
  }

  String explanation() {
    return explanation;
  }

  /** Returns what is wrong with a text, in a sentence; empty if it can be used. */
  Optional<String> problem(String text) {
    String value = text.strip();
    if (value.isEmpty()) {
      return optional ? Optional.empty() : Optional.of(missing());
    }
    return this == NAME ? nameProblem(value) : numberProblem(value);
  }

  private String missing() {
    return this == NAME
        ? "The board needs a name. Maybe pi4."
        : "The board needs a rate in %s. Maybe %s.".formatted(title, example);
  }

  private static Optional<String> nameProblem(String value) {
    if (value.contains(":")) {
      return Optional.of("The name (%s) has a colon. Maybe leave it out.".formatted(value));
    }
    return value.matches("\\d{1,9}x.*")
        ? Optional.of(
            "The name (%s) begins like a count. Maybe use letters first.".formatted(value))
        : Optional.empty();
  }

  private Optional<String> numberProblem(String value) {
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Optional.of("%s (%s) is not a number. Maybe %s.".formatted(title, value, example));
    }
    boolean fits =
        switch (this) {
          case COUNT -> value.matches("\\d{1,4}") && number >= 1 && number <= MOST_BOARDS;
          case GFLOPS, GIGABYTES -> number > 0 && number <= MOST;
          case MEGABITS -> number >= LEAST_MEGABITS && number <= MOST;
          default -> number >= 0 && number <= MOST;
        };
    return fits
        ? Optional.empty()
        : Optional.of("%s (%s) is out of range. Maybe %s.".formatted(title, value, example));
  }
}
