package org.edgeld.workbench.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.words.Figures;

/**
 * A cluster that nobody needs to own, kept as it was typed in: so it has a profile of every
 * network.
 *
 * @param name of the cluster; empty if it has none
 * @param kinds of boards, each as {@link Board#parse} takes it, at least one
 * @param linkMegabitsPerSecond what every link carries each way, less where a board's own is slower
 * @param linkDelayMillis how long the first bit is under way
 */
public record TypedBoards(
    String name, List<String> kinds, double linkMegabitsPerSecond, double linkDelayMillis) {
  private static final int FIRST_KIND = 3;
  private static final int NAMED_KINDS = 3;
  private static final double MOST_MILLIS = 1e6;

  /**
   * Checks every figure.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public TypedBoards {
    name = name.strip();
    kinds = kinds.stream().map(String::strip).toList();
    if (name.contains("\n") || kinds.stream().anyMatch(kind -> kind.contains("\n"))) {
      throw new IllegalArgumentException("A name has several lines. Maybe use one.");
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("There is no board. Maybe type in one.");
    }
    if (!(linkMegabitsPerSecond * 1e6 >= LinkEstimate.LEAST_BITS_PER_SECOND)
        || Double.isInfinite(linkMegabitsPerSecond)) {
      throw new IllegalArgumentException(
          "The link rate (%s Mbit/s) is out of range. Maybe use 1000."
              .formatted(Figures.plain(linkMegabitsPerSecond)));
    }
    if (!(linkDelayMillis >= 0 && linkDelayMillis <= MOST_MILLIS)) {
      throw new IllegalArgumentException(
          "The link delay (%s ms) is out of range. Maybe use 0."
              .formatted(Figures.plain(linkDelayMillis)));
    }
    Board.requireDistinct(boards(kinds));
  }

  private static List<Board> boards(List<String> kinds) {
    List<Board> boards = new ArrayList<>();
    kinds.forEach(kind -> boards.addAll(Board.parse(kind)));
    return boards;
  }

  /** Returns the boards; the first is device A. */
  public List<Board> boards() {
    return List.copyOf(boards(kinds));
  }

  /** Returns their link. */
  public LinkEstimate link() {
    return new LinkEstimate(Math.round(2 * linkDelayMillis * 1e6), linkMegabitsPerSecond * 1e6);
  }

  /** Returns what they would be found to take for a network. */
  public ClusterProfile profile(ModelGraph graph) {
    return RooflineProfile.of(graph, boards(), link());
  }

  /** Returns the name, or else what there is, such as {@code 3×pi4, jetson}. */
  public String title() {
    if (!name.isEmpty()) {
      return name;
    }
    String words =
        kinds.stream().limit(NAMED_KINDS).map(TypedBoards::kind).collect(Collectors.joining(", "));
    return kinds.size() > NAMED_KINDS ? words + ", …" : words;
  }

  private static String kind(String text) {
    String board = text.substring(0, text.indexOf(':')).strip();
    return board.replaceFirst("^(\\d{1,9})x", "$1×");
  }

  /** Returns everything as lines of text, which {@link #parse} reads. */
  public String text() {
    List<String> lines =
        new ArrayList<>(
            List.of(name, Figures.plain(linkMegabitsPerSecond), Figures.plain(linkDelayMillis)));
    lines.addAll(kinds);
    return String.join("\n", lines);
  }

  /** Returns what a text stands for; empty if {@link #text} cannot have written it. */
  public static Optional<TypedBoards> parse(String text) {
    List<String> lines = Arrays.asList(text.split("\n", -1));
    try {
      return Optional.of(
          new TypedBoards(
              lines.get(0),
              lines.subList(FIRST_KIND, lines.size()),
              Double.parseDouble(lines.get(1)),
              Double.parseDouble(lines.get(2))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty(); // damaged, or written by another version
    }
  }
}
