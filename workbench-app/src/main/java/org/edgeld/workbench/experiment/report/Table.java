package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.edgeld.workbench.results.Csv;

/**
 * A CSV file: UTF-8, a header line, decimals with a dot, empty where there is no value (RFC 4180).
 * Names are stable; new columns go to the end.
 *
 * @param file its name
 * @param rows what a row is
 * @param columns in their order
 * @param <R> what a row shows
 */
record Table<R>(String file, String rows, List<Column<R>> columns) {
  /**
   * A column.
   *
   * @param name in the header line, lower case with underscores
   * @param unit of the values, empty for words and counts
   * @param meaning a phrase for the dictionary
   * @param value reads a row's value
   * @param <R> what a row shows
   */
  record Column<R>(String name, String unit, String meaning, Function<R, String> value) {}

  Table {
    columns = List.copyOf(columns);
  }

  static <R> Column<R> column(String name, String unit, String meaning, Function<R, Object> value) {
    return new Column<>(name, unit, meaning, row -> text(value.apply(row)));
  }

  private static String text(Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(Object::toString).orElse("")
        : value.toString();
  }

  /** Returns the same table with further columns. */
  Table<R> and(List<Column<R>> more) {
    List<Column<R>> all = new ArrayList<>(columns);
    all.addAll(more);
    return new Table<>(file, rows, all);
  }

  /** Returns the whole file. */
  String csv(List<R> data) {
    StringBuilder csv = new StringBuilder(Csv.line(columns.stream().map(Column::name).toList()));
    for (R row : data) {
      csv.append(Csv.line(columns.stream().map(column -> column.value().apply(row)).toList()));
    }
    return csv.toString();
  }
}
