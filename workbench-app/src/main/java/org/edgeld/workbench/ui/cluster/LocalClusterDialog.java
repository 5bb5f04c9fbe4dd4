package org.edgeld.workbench.ui.cluster;

import javafx.beans.property.StringProperty;
import javafx.scene.Scene;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;

/** Asks how many agents to start on this computer and how weak they shall be. */
final class LocalClusterDialog {
  private final ModalSheet sheet;
  private final LocalClusterForm form = new LocalClusterForm();
  private final ClusterViewModel model;

  LocalClusterDialog(Scene owner, ClusterViewModel model) {
    this.model = model;
    Spinner<Integer> agents = new Spinner<>(1, 16, 4);
    agents.setId("local-agents");
    agents.setEditable(true);
    agents.getEditor().textProperty().bindBidirectional(form.agentsTextProperty());
    GridPane grid = new GridPane();
    grid.setHgap(14);
    grid.setVgap(10);
    grid.add(Widgets.field("Number of agents", agents), 0, 0);
    grid.add(
        Widgets.field("CPU share of each, %", field("local-share", form.sharePercentProperty())),
        1,
        0);
    grid.add(
        Widgets.field("Link, Mbit/s (0: not limited)", field("local-link", form.linkProperty())),
        0,
        1);
    grid.add(Widgets.field("Link delay, ms", field("local-delay", form.delayProperty())), 1, 1);
    VBox content =
        new VBox(
            10,
            Widgets.wrapped(
                "Starts agents as processes on this computer. A CPU share below 100 % and a link"
                    + " rate make them play weaker boards; every result then says \"emulated\"."
                    + " Keep the sum of shares below the number of cores, or they disturb each"
                    + " other. Several numbers, as in 40/20, are dealt out to the agents in turn.",
                "caption"),
            grid);
    sheet = new ModalSheet(owner, "Start a local cluster", "Start", content);
    sheet.onAccept(this::start);
  }

  private static TextField field(String id, StringProperty property) {
    TextField field = new TextField();
    field.setId(id);
    field.textProperty().bindBidirectional(property);
    return field;
  }

  private void start() {
    try {
      model.startLocal(form.spec());
      sheet.close();
    } catch (IllegalArgumentException e) {
      sheet.showError(e.getMessage());
    }
  }

  void show() {
    sheet.show();
  }
}
