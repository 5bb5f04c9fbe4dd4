package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;

/** {@code dictionary.csv}: a row per column of every table. */
final class Dictionary {
  private static final List<String> NAMES = List.of("file", "column", "unit", "meaning");

  private Dictionary() {}

  /** Returns the dictionary of a sweep's own tables and of figures in further files. */
  static String csv(List<String> figureFiles) {
    List<List<String>> rows = new ArrayList<>();
    List<Table<?>> tables =
        new ArrayList<>(
            List.of(
                TrialsTable.TABLE,
                SamplesTable.TABLE,
                ConfigurationsTable.TABLE,
                DevicesTable.TABLE));
    figureFiles.forEach(file -> tables.add(FiguresTable.named(file)));
    for (Table<?> table : tables) {
      for (Table.Column<?> column : table.columns()) {
        rows.add(List.of(table.file(), column.name(), column.unit(), column.meaning()));
      }
    }
    List<Table.Column<List<String>>> columns = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      int index = i;
      columns.add(new Table.Column<>(NAMES.get(i), "", "", row -> row.get(index)));
    }
    return new Table<>("dictionary.csv", "a column", columns).csv(rows);
  }
}
