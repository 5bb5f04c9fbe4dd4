package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: columns as wide as their widest cell, numbers to the right. */
final class TextTable {
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    this(List.of(header));
  }

  TextTable(List<String> header) {
    this.header = List.copyOf(header);
  }

  /** Appends a row with a cell per column. */
  TextTable row(List<String> cells) {
    if (cells.size() != header.size()) {
      throw new IllegalArgumentException(
          "A row of %d cells does not fit %d columns.".formatted(cells.size(), header.size()));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** Appends a row with a cell per column. */
  TextTable row(String... cells) {
    return row(List.of(cells));
  }

  /** Returns the lines, each ended. */
  @Override
  public String toString() {
    int[] widths = new int[header.size()];
    boolean[] right = new boolean[header.size()];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      widths[c] =
          Math.max(
              header.get(c).length(),
              rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
      right[c] =
          !rows.isEmpty()
              && rows.stream().allMatch(row -> row.get(column).matches("[-–]?[0-9.,]*[0-9]|–|"));
    }
    StringBuilder text = new StringBuilder();
    line(text, header, widths, right);
    rows.forEach(row -> line(text, row, widths, right));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String padding = " ".repeat(widths[c] - cells.get(c).length());
      line.append(right[c] ? padding + cells.get(c) : cells.get(c) + padding).append("  ");
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
