package org.edgeld.workbench.ui.network;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.edgeld.geometry.Block;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.chart.graph.GraphContent;
import org.edgeld.workbench.chart.graph.GraphLayout;
import org.edgeld.workbench.chart.layer.LayerRow;
import org.edgeld.workbench.chart.layer.LayerTable;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.words.Figures;

/** The layers of the chosen network, and which one is selected. */
public final class NetworkViewModel {
  /**
   * A network ready to be shown.
   *
   * @param graph its layers
   * @param table the same in figures
   * @param layout their places in a drawing
   */
  public record Network(ModelGraph graph, LayerTable table, GraphLayout layout) {
    static Network of(ModelGraph graph) {
      return new Network(graph, LayerTable.of(graph), new GraphLayout(graph));
    }
  }

  private final ObservableValue<Optional<ShownPlan>> shown;
  private final ReadOnlyObjectWrapper<Optional<Network>> network =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<GraphContent>> content =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObjectProperty<Optional<Integer>> selection =
      new SimpleObjectProperty<>(Optional.empty());

  /**
   * @param chosen the network of the present choices; empty while it is not made yet
   * @param shown what the window shows; its network goes before the chosen one
   */
  public NetworkViewModel(
      ObservableValue<Optional<Model>> chosen, ObservableValue<Optional<ShownPlan>> shown) {
    this.shown = shown;
    Runnable refresh =
        () -> show(shown.getValue().map(ShownPlan::model).or(chosen::getValue).map(Model::graph));
    chosen.addListener((o, was, is) -> refresh.run());
    shown.addListener((o, was, is) -> refresh.run());
    refresh.run();
  }

  private void show(Optional<ModelGraph> graph) {
    if (!graph.equals(network.get().map(Network::graph))) {
      network.set(graph.map(Network::of));
      selection.set(selection.get().filter(this::exists));
    }
    content.set(
        network.get().map(now -> GraphContent.of(now.layout(), now.table(), blocks(now.graph()))));
  }

  private boolean exists(int layer) {
    return network.get().map(now -> layer < now.graph().layers().size()).orElse(false);
  }

  private List<Block> blocks(ModelGraph graph) {
    return shown
        .getValue()
        .map(ShownPlan::planned)
        .filter(planned -> planned.plan().graph().equals(graph))
        .map(planned -> planned.plan().stages().stream().map(stage -> stage.block()).toList())
        .orElse(List.of());
  }

  /** What to show; empty before the first network is made. */
  public ReadOnlyObjectProperty<Optional<Network>> networkProperty() {
    return network.getReadOnlyProperty();
  }

  /** What the drawing says besides the places: figures, planning units, the plan's blocks. */
  public ReadOnlyObjectProperty<Optional<GraphContent>> contentProperty() {
    return content.getReadOnlyProperty();
  }

  /** Index of the layer that table, graph and inspector agree on. */
  public ObjectProperty<Optional<Integer>> selectionProperty() {
    return selection;
  }

  /** Returns the selected layer in figures. */
  public Optional<LayerRow> selected() {
    return network
        .get()
        .flatMap(
            now ->
                selection.get().filter(this::exists).map(layer -> now.table().rows().get(layer)));
  }

  /** Returns the heading. */
  public static String title(Network network) {
    return network.graph().name();
  }

  /** Returns what the network is in few figures. */
  public static String summary(Network network) {
    LayerTable table = network.table();
    long whole = table.rows().size() - table.splitting();
    return "%s · %d layers · %s · %s parameters · %s"
        .formatted(
            network.graph().input(),
            table.rows().size(),
            Figures.flops(table.flops()),
            Figures.count(table.parameters()),
            whole == 0
                ? "all split by rows"
                : whole == 1 ? "1 needs every row" : whole + " need every row");
  }

  /** Returns what a layer is, in four lines. */
  public static String describe(LayerRow row) {
    return "%s%n%s%n%s → %s%n%s   %s parameters   %s%s"
        .formatted(
            row.name(),
            row.operator(),
            row.inputWords(),
            row.output(),
            Figures.flops(row.flops()),
            Figures.count(row.parameters()),
            Figures.bytes(row.outputBytes()),
            row.whole().map(reason -> "%nnot by rows: ".formatted() + reason).orElse(""));
  }
}
