package org.edgeld.workbench.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device that nobody needs to own: its rates are typed in instead of measured.
 *
 * @param name shown everywhere
 * @param flopsPerSecond π, operations in a second
 * @param bytesPerSecond β, weights and tensors read and written in a second; infinite if only
 *     operations count
 * @param memoryBytes memory; 0 if it is not limited
 * @param overheadNanos b, what starting one layer takes
 * @param linkBitsPerSecond what its link carries each way; infinite if it is as good as the
 *     cluster's
 */
public record Board(
    String name,
    double flopsPerSecond,
    double bytesPerSecond,
    long memoryBytes,
    long overheadNanos,
    double linkBitsPerSecond) {
  /** How a board is typed. */
  public static final String FORM = "[COUNTx]NAME:GFLOPS[:GB/s][:MB][:us][:Mbit/s]";

  private static final String EXAMPLE = "4xpi4:8:4:4000:50";
  private static final int MOST = 1024;
  private static final Pattern TEXT =
      Pattern.compile("(?:(\\d{1,9})x)?([^:]*):([^:]*)" + "(?::([^:]*))?".repeat(4));

  public Board {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A board needs a name. Maybe " + EXAMPLE + ".");
    }
    positive(name, "GFLOP/s", flopsPerSecond / 1e9, Double.MAX_VALUE);
    positive(name, "GB/s of memory", bytesPerSecond / 1e9, Double.POSITIVE_INFINITY);
    positive(name, "Mbit/s", linkBitsPerSecond / 1e6, Double.POSITIVE_INFINITY);
    if (linkBitsPerSecond < LinkEstimate.LEAST_BITS_PER_SECOND) {
      throw new IllegalArgumentException(
          "The board %s has a link of %s Mbit/s. Maybe use 0.001 or more."
              .formatted(name, linkBitsPerSecond / 1e6));
    }
    if (memoryBytes < 0 || overheadNanos < 0) {
      throw new IllegalArgumentException(
          "The board %s has %d bytes of memory and %d ns of overhead. Maybe leave them out."
              .formatted(name, memoryBytes, overheadNanos));
    }
  }

  /** Creates a board whose link is as good as the cluster's. */
  public Board(
      String name,
      double flopsPerSecond,
      double bytesPerSecond,
      long memoryBytes,
      long overheadNanos) {
    this(
        name, flopsPerSecond, bytesPerSecond, memoryBytes, overheadNanos, Double.POSITIVE_INFINITY);
  }

  private static void positive(String name, String what, double value, double most) {
    if (!(value > 0 && value <= most)) {
      throw new IllegalArgumentException(
          "The board %s has %s %s. Maybe %s.".formatted(name, value, what, EXAMPLE));
    }
  }

  /** Returns a board of which only operations count, with memory for everything. */
  public static Board of(String name, double flopsPerSecond) {
    return new Board(name, flopsPerSecond, Double.POSITIVE_INFINITY, 0, 0);
  }

  /**
   * Returns the boards that a text such as {@code 4xpi4:8:4:4000:50} stands for: four boards pi4-1
   * to pi4-4 with 8 GFLOP/s, 4 GB/s to memory, 4000 MB of memory and 50 µs of overhead a layer; a
   * last {@code :100} would be 100 Mbit/s of its link. Parts left out at the end or empty are not
   * limited.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static List<Board> parse(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not a board. Maybe %s, which is %s.".formatted(text, EXAMPLE, FORM));
    }
    Board one =
        new Board(
            parts.group(2).strip(),
            number(text, parts.group(3), 0) * 1e9,
            number(text, parts.group(4), Double.POSITIVE_INFINITY) * 1e9,
            whole(text, parts.group(5), 1e6),
            whole(text, parts.group(6), 1e3),
            number(text, parts.group(7), Double.POSITIVE_INFINITY) * 1e6);
    if (parts.group(1) == null) {
      return List.of(one);
    }
    int count = Integer.parseInt(parts.group(1));
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "%d boards are not possible. Maybe use 1 to %d.".formatted(count, MOST));
    }
    return repeated(List.of(one), count);
  }

  /**
   * Returns so many boards, taking the given ones in turn. What would have the same name gets a
   * number.
   */
  public static List<Board> repeated(List<Board> boards, int count) {
    List<Board> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Board board = boards.get(i % boards.size());
      boolean again = count > boards.size();
      all.add(again ? board.named(board.name + "-" + (i / boards.size() + 1)) : board);
    }
    return List.copyOf(all);
  }

  /**
   * Checks that every board can be told from the others.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static void requireDistinct(List<Board> boards) {
    Set<String> names = new HashSet<>();
    for (Board board : boards) {
      if (!names.add(board.name)) {
        throw new IllegalArgumentException(
            "Two boards are named %s. Maybe write 2x%s, or name them differently."
                .formatted(board.name, board.name));
      }
    }
  }

  private Board named(String other) {
    return new Board(
        other, flopsPerSecond, bytesPerSecond, memoryBytes, overheadNanos, linkBitsPerSecond);
  }

  private static long whole(String text, String part, double unit) {
    double value = number(text, part, 0) * unit;
    if (!(value >= 0 && value < 1e18)) {
      throw new IllegalArgumentException(
          "%s in the board \"%s\" is out of range. Maybe %s.".formatted(part, text, EXAMPLE));
    }
    return Math.round(value);
  }

  private static double number(String text, String part, double otherwise) {
    if (part == null || part.isBlank()) {
      return otherwise;
    }
    try {
      return Double.parseDouble(part.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"%s\" in the board \"%s\" is not a number. Maybe %s, which is %s."
              .formatted(part, text, EXAMPLE, FORM),
          e);
    }
  }
}
