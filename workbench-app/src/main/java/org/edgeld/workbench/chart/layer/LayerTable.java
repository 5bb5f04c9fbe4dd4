package org.edgeld.workbench.chart.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Region;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.words.OperatorWords;

/**
 * All layers of a network in figures.
 *
 * @param rows in the order of the graph
 */
public record LayerTable(List<LayerRow> rows) {
  /** A column as text, for copying. */
  private record Column(String title, Function<LayerRow, String> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("#", row -> Integer.toString(row.index() + 1)),
          new Column("layer", LayerRow::name),
          new Column("operator", LayerRow::operator),
          new Column("input", LayerRow::inputWords),
          new Column("output", row -> row.output().toString()),
          new Column("flops", row -> Long.toString(row.flops())),
          new Column("parameters", row -> Long.toString(row.parameters())),
          new Column("output_bytes", row -> Long.toString(row.outputBytes())),
          new Column("splits_by_rows", LayerRow::splitWords));

  public LayerTable {
    rows = List.copyOf(rows);
  }

  /** Derives the table of a network. */
  public static LayerTable of(ModelGraph graph) {
    List<TensorShape> shapes = graph.shapes();
    List<LayerRow> rows = new ArrayList<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      Layer layer = graph.layers().get(i);
      TensorShape output = shapes.get(i + 1);
      rows.add(
          new LayerRow(
              i,
              layer.name(),
              OperatorWords.of(layer.operator()),
              layer.inputs().stream().map(tensor -> shapes.get(tensor.index())).toList(),
              output,
              OperatorCost.flops(graph, shapes, i, Region.whole(output)),
              layer.weightBytes() / TensorShape.ELEMENT_BYTES,
              output.bytes(),
              WholeRows.reason(layer.operator(), output)));
    }
    return new LayerTable(rows);
  }

  /** Returns the operations of the undivided network. */
  public long flops() {
    return rows.stream().mapToLong(LayerRow::flops).sum();
  }

  /** Returns the number of weights. */
  public long parameters() {
    return rows.stream().mapToLong(LayerRow::parameters).sum();
  }

  /** Returns the size of all results together; not all are in memory at a time. */
  public long outputBytes() {
    return rows.stream().mapToLong(LayerRow::outputBytes).sum();
  }

  /** Returns the number of layers that several devices can share by rows. */
  public long splitting() {
    return rows.stream().filter(LayerRow::splits).count();
  }

  /** Returns the operations of the most expensive layer. */
  public long mostFlops() {
    return rows.stream().mapToLong(LayerRow::flops).max().orElse(0);
  }

  /** Returns some rows as lines of values between tabs under a heading, as spreadsheets take it. */
  public static String tabSeparated(List<LayerRow> rows) {
    String heading = COLUMNS.stream().map(Column::title).collect(Collectors.joining("\t"));
    return rows.stream()
        .map(
            row ->
                COLUMNS.stream()
                    .map(column -> column.value().apply(row))
                    .collect(Collectors.joining("\t")))
        .collect(Collectors.joining("\n", heading + "\n", "\n"));
  }
}
