package org.edgeld.workbench.ui.cluster;

import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;

/** Asks for the address of an agent that discovery cannot find; errors appear in the dialog. */
final class AddAgentDialog {
  private final ModalSheet sheet;
  private final TextField address = new TextField();
  private final ClusterViewModel model;

  AddAgentDialog(Scene owner, ClusterViewModel model) {
    this.model = model;
    address.setId("agent-address");
    address.setPromptText("192.168.0.17:45821");
    VBox content =
        new VBox(
            6,
            Widgets.wrapped(
                "Discovery does not cross guest networks and VLANs. The agent prints its address and"
                    + " control port when it starts.",
                "caption"),
            Widgets.field("Address (host:port)", address));
    sheet = new ModalSheet(owner, "Add an agent", "Add", content);
    sheet.onAccept(this::add);
  }

  private void add() {
    sheet.setBusy(true);
    sheet.showError("");
    model.add(
        address.getText(),
        problem -> {
          sheet.setBusy(false);
          problem.ifPresentOrElse(sheet::showError, sheet::close);
        });
  }

  void show() {
    sheet.show();
    address.requestFocus();
  }
}
