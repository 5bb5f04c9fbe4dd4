package org.edgeld.workbench.ui.modelfile;

import java.io.File;
import java.util.Locale;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.workbench.onnx.DescriptionFile;
import org.edgeld.workbench.ui.experiment.NetworkChoice;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Segments;
import org.edgeld.workbench.ui.widget.Widgets;

/** Asks how pictures become the input of a model, and keeps the answer beside its file. */
final class PreprocessingSheet {
  private final ModelFileViewModel model;
  private final NetworkChoice.Imported imported;
  private final PreprocessingForm form;
  private final ModalSheet sheet;
  private final Scene owner;

  PreprocessingSheet(Scene owner, ModelFileViewModel model, NetworkChoice.Imported imported) {
    this.owner = owner;
    this.model = model;
    this.imported = imported;
    this.form = new PreprocessingForm(imported);
    VBox content =
        new VBox(
            12,
            Widgets.wrapped(
                "A sample from 0 to 255 becomes (sample · scale − mean) / deviation. Saved as %s beside the model."
                    .formatted(DescriptionFile.beside(imported.file()).getFileName()),
                "caption"),
            fields());
    sheet = new ModalSheet(owner, "Input of " + imported.title(), "Save", content);
    sheet.onAccept(this::save);
  }

  private Node fields() {
    GridPane grid = new GridPane();
    grid.setHgap(12);
    grid.setVgap(9);
    int row = 0;
    Label layout = Widgets.wrapped(form.layout(), "value");
    layout.setId("pre-layout");
    add(grid, row++, "Layout", layout);
    add(
        grid,
        row++,
        "Size",
        Widgets.row(
            6,
            sized(field("pre-height", form.heightProperty())),
            Widgets.label("×"),
            sized(field("pre-width", form.widthProperty())),
            Widgets.label("height × width", "caption")));
    if (!form.orders().isEmpty()) {
      add(
          grid,
          row++,
          "Channels",
          new Segments<>(
              form.orderProperty(),
              Segments.of(
                  form.orders(),
                  order -> "pre-" + order.name().toLowerCase(Locale.ROOT),
                  ChannelOrder::name,
                  order -> "The order of the channels in the input.")));
      add(grid, row++, "Usual", usual());
      add(grid, row++, "Scale", field("pre-scale", form.scaleProperty()));
      add(grid, row++, "Mean", field("pre-mean", form.meanProperty()));
      add(grid, row++, "Deviation", field("pre-deviation", form.deviationProperty()));
    }
    add(grid, row, "Labels", labels());
    return grid;
  }

  private static void add(GridPane grid, int row, String name, Node node) {
    grid.add(Widgets.fixed(name, "caption"), 0, row);
    grid.add(node, 1, row);
    GridPane.setHgrow(node, Priority.ALWAYS);
  }

  private TextField sized(TextField field) {
    field.setPrefColumnCount(4);
    field.setDisable(!form.sized());
    return field;
  }

  private static TextField field(String id, StringProperty property) {
    TextField field = new TextField();
    field.setId(id);
    field.textProperty().bindBidirectional(property);
    return field;
  }

  private Node usual() {
    HBox buttons = Widgets.row(6);
    int channels = imported.model().graph().input().channels();
    for (PreprocessingForm.Usual usual : PreprocessingForm.Usual.values()) {
      if (usual.fits(channels)) {
        Button button = new Button(usual.title());
        button.setId("pre-" + usual.name().toLowerCase(Locale.ROOT));
        button.getStyleClass().add("small");
        button.setOnAction(event -> form.use(usual));
        buttons.getChildren().add(button);
      }
    }
    return buttons;
  }

  private Node labels() {
    TextField file = field("pre-labels", form.labelFileProperty());
    file.setPromptText("text file, one label a line");
    HBox.setHgrow(file, Priority.ALWAYS);
    Button choose = new Button("Choose…");
    choose.setMinWidth(Button.USE_PREF_SIZE);
    choose.setOnAction(event -> chooseLabels());
    return new VBox(3, Widgets.row(6, file, choose), Widgets.wrapped(form.labels(), "caption"));
  }

  private void chooseLabels() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Labels");
    File folder = imported.file().toAbsolutePath().getParent().toFile();
    if (folder.isDirectory()) {
      chooser.setInitialDirectory(folder);
    }
    File file = chooser.showOpenDialog(owner.getWindow());
    if (file != null) {
      form.labelFileProperty().set(file.toString());
    }
  }

  private void save() {
    try {
      model.describe(imported, form.description());
      sheet.close();
    } catch (IllegalArgumentException e) {
      sheet.showError(e.getMessage());
    }
  }

  void show() {
    sheet.show();
  }
}
