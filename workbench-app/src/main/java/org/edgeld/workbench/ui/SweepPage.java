package org.edgeld.workbench.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.ui.cluster.ClusterSelection;
import org.edgeld.workbench.ui.modelfile.ModelFileView;
import org.edgeld.workbench.ui.sweep.SweepView;

/** Shows the page of sweeps in place of all but banners and status bar, and takes it away. */
final class SweepPage {
  private final BorderPane window;
  private final WorkbenchViewModel model;
  private final Node usual;
  private final List<Node> hidden;
  private final SweepView view;

  /**
   * @param window complete but for this
   * @param openFile shows a file in the program that the system has for it
   * @param toolbar has no meaning on the page
   */
  SweepPage(
      BorderPane window,
      WorkbenchViewModel model,
      ObservableValue<ChartStyle> style,
      ModelFileView modelFiles,
      Consumer<Path> openFile,
      Node toolbar) {
    this.window = window;
    this.model = model;
    this.usual = window.getCenter();
    this.hidden = List.of(toolbar, window.getLeft(), window.getRight());
    this.view =
        new SweepView(
            model.sweep(),
            style,
            new SweepView.Surroundings(
                () -> addresses(model.cluster().selectionProperty().get()),
                modelFiles::choose,
                openFile,
                this::toggle));
    model
        .experiment()
        .modelProperty()
        .addListener(
            (o, was, is) -> {
              if (shown()) {
                enter();
                model.sweep().design().choose(is);
              }
            });
  }

  private static List<String> addresses(ClusterSelection selection) {
    List<KnownAgent> agents = new ArrayList<>(selection.agents());
    if (!agents.isEmpty()) {
      agents.add(0, agents.remove(selection.head().index()));
    }
    return agents.stream().map(agent -> agent.address().toString()).toList();
  }

  /** Tells whether the page is shown. */
  boolean shown() {
    return window.getCenter() == view;
  }

  /** Shows the page, or the rest of the window again. */
  void toggle() {
    boolean show = !shown();
    if (show) {
      enter();
    }
    for (Node node : hidden) {
      node.setVisible(!show);
      node.setManaged(!show);
    }
    window.setCenter(show ? view : usual);
    window.requestFocus(); // not to what is hidden now
  }

  private void enter() {
    model
        .sweep()
        .design()
        .enter(model.experiment().models(), model.experiment().optionsProperty().get());
  }

  /** Returns what the page shows. */
  SweepView view() {
    return view;
  }
}
