package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;

/**
 * The methods that say more than a name: a row each, to change, copy and take out; and a new one.
 */
final class OwnMethodsView extends VBox {
  private final DesignViewModel model;
  private final VBox rows = new VBox(4);

  OwnMethodsView(DesignViewModel model) {
    super(6);
    this.model = model;
    Button add = new Button("Add a method…", new FontIcon(MaterialDesignP.PLUS));
    add.setId("sweep-add-method");
    add.getStyleClass().add("small");
    add.setTooltip(
        Widgets.tooltip(
            "A strategy with options of its own, and where it shall differ from the others its"
                + " fusion, routing, precision and head: so a sweep compares grids of tiles, shares"
                + " by hand or pairs of layers."));
    add.setOnAction(event -> edit(model.newMethod()));
    model.form().ownMethods().addListener((ListChangeListener<ObjectNode>) change -> show());
    show();
    getChildren().addAll(rows, add);
  }

  private void edit(MethodViewModel method) {
    MethodSheet.show(getScene(), method, model.form());
  }

  private void show() {
    rows.getChildren().clear();
    int number = 0;
    for (ObjectNode method : model.form().ownMethods()) {
      rows.getChildren().add(row(method, number++));
    }
    rows.setVisible(number > 0);
    rows.setManaged(number > 0);
  }

  private Node row(ObjectNode element, int number) {
    OwnMethod method = OwnMethod.of(element);
    String strategy = model.titleOf(method.strategy());
    Label title =
        Widgets.fixed(method.label().isEmpty() ? strategy : method.label(), "caption-strong");
    String said = method.words();
    Label words =
        Widgets.label(
            method.label().isEmpty() ? said : strategy + (said.isEmpty() ? "" : " · " + said),
            "caption");
    words.setTooltip(Widgets.tooltip(element.toString()));
    words.setMinWidth(0);
    HBox row =
        Widgets.row(
            8,
            title,
            words,
            Widgets.space(),
            button(
                MaterialDesignP.PENCIL_OUTLINE,
                "Change",
                "edit",
                number,
                () -> edit(model.changed(element))),
            button(
                MaterialDesignC.CONTENT_COPY,
                "Add another like it",
                "copy",
                number,
                () -> edit(model.copied(element))),
            button(
                MaterialDesignC.CLOSE,
                "Take out",
                "remove",
                number,
                () -> model.form().ownMethods().remove(element)));
    row.getStyleClass().add("own-method");
    row.setId("sweep-method-" + number);
    return row;
  }

  private static Button button(Ikon icon, String what, String id, int number, Runnable action) {
    Button button = Widgets.iconButton(icon, what);
    button.setId("sweep-method-" + id + "-" + number);
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(event -> action.run());
    return button;
  }
}
