package org.edgeld.workbench.ui.modelfile;

import java.io.File;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.stage.FileChooser;
import org.edgeld.workbench.ui.experiment.NetworkChoice;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;

/** The buttons beside the model that open a file and describe its input; takes dropped files. */
public final class ModelFileView extends HBox {
  private static final String DROPPING = "dropping";

  private final ModelFileViewModel model;
  private final ObservableValue<NetworkChoice> chosen;
  private Optional<File> lastFolder = Optional.empty();

  /**
   * @param model opens files
   * @param chosen the chosen network
   */
  public ModelFileView(ModelFileViewModel model, ObservableValue<NetworkChoice> chosen) {
    super(0);
    this.model = model;
    this.chosen = chosen;
    Button open =
        Widgets.iconButton(
            MaterialDesignF.FOLDER_OPEN_OUTLINE,
            "Open a model (.onnx), a saved plan or a saved profile (Ctrl+O). Or drop one onto the"
                + " window.");
    open.setId("open-model");
    open.setOnAction(event -> choose());
    Button describe =
        Widgets.iconButton(
            MaterialDesignT.TUNE_VARIANT,
            "How pictures become the input of this model: size, channels, scale, labels (Ctrl+I)");
    describe.setId("describe-model");
    describe.setOnAction(event -> describe());
    describe.disableProperty().bind(chosen.map(now -> !(now instanceof NetworkChoice.Imported)));
    getChildren().addAll(open, describe);
    model
        .questionProperty()
        .addListener(
            (o, was, is) -> is.ifPresent(q -> new InputSizeSheet(getScene(), model, q).show()));
    model
        .refusalProperty()
        .addListener((o, was, is) -> is.ifPresent(r -> new RefusalSheet(getScene(), r).show()));
  }

  /** Asks for a file and opens it. */
  public void choose() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Open a model, plan or profile");
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(
                "Models, plans and profiles", "*.onnx", "*.ONNX", "*.json"),
            new FileChooser.ExtensionFilter("All files", "*"));
    lastFolder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
    File file = chooser.showOpenDialog(getScene().getWindow());
    if (file != null) {
      lastFolder = Optional.ofNullable(file.getParentFile());
      model.open(file.toPath());
    }
  }

  /** Asks how pictures become the input of the chosen model, if that is from a file. */
  public void describe() {
    if (chosen.getValue() instanceof NetworkChoice.Imported imported) {
      new PreprocessingSheet(getScene(), model, imported).show();
    }
  }

  /** Lets models be dropped anywhere on a window. */
  public void acceptDrops(Scene scene) {
    scene.setOnDragOver(
        event -> {
          if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
            mark(scene, true);
          }
          event.consume();
        });
    scene.setOnDragExited(event -> mark(scene, false));
    scene.setOnDragDropped(event -> dropped(scene, event));
  }

  private void dropped(Scene scene, DragEvent event) {
    mark(scene, false);
    boolean files = event.getDragboard().hasFiles();
    if (files) {
      List<File> dropped = event.getDragboard().getFiles();
      model.drop(dropped.stream().map(File::toPath).toList());
    }
    event.setDropCompleted(files);
    event.consume();
  }

  private static void mark(Scene scene, boolean dropping) {
    scene.getRoot().getStyleClass().remove(DROPPING);
    if (dropping) {
      scene.getRoot().getStyleClass().add(DROPPING);
    }
  }
}
