package org.edgeld.workbench.experiment.report;

import java.util.ArrayList;
import java.util.List;

/** {@code dictionary.csv}: a row per column of every table. */
final class Dictionary {
  private static final List<String> NAMES = List.of("file", "column", "unit", "meaning");

  private Dictionary() {}

  static String csv() {
    List<List<String>> rows = new ArrayList<>();
    for (Table<?> table :
        List.of(TrialsTable.TABLE, SamplesTable.TABLE, ConfigurationsTable.TABLE)) {
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
