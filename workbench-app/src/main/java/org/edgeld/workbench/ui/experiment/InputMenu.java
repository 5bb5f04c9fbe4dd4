package org.edgeld.workbench.ui.experiment;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.stage.FileChooser;
import org.edgeld.workbench.ui.picture.InputPicture;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;

/** Chooses the input: an example of the model, noise, or a picture file. */
final class InputMenu extends MenuButton {
  private static final double MOST_WIDTH = 150;

  private final InputViewModel input;

  InputMenu(InputViewModel input) {
    super("", new FontIcon(MaterialDesignI.IMAGE_OUTLINE));
    this.input = input;
    setId("picture");
    setMaxWidth(MOST_WIDTH);
    textProperty().bind(input.pictureProperty().map(InputPicture::title));
    setTooltip(Widgets.tooltip("What goes into the network."));
    setOnShowing(event -> getItems().setAll(items()));
    getItems().setAll(items());
  }

  private List<MenuItem> items() {
    List<MenuItem> items = new ArrayList<>();
    for (InputPicture picture : input.builtIn()) {
      MenuItem item = new MenuItem(picture.title());
      item.setOnAction(event -> input.pictureProperty().set(picture));
      items.add(item);
    }
    items.add(new SeparatorMenuItem());
    MenuItem open = new MenuItem("Open a picture…");
    open.setOnAction(event -> openPicture());
    items.add(open);
    return items;
  }

  private void openPicture() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Input picture");
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(
                "Pictures", "*.png", "*.jpg", "*.jpeg", "*.bmp", "*.gif"),
            new FileChooser.ExtensionFilter("All files", "*"));
    File file = chooser.showOpenDialog(getScene().getWindow());
    if (file != null) {
      input.choose(file.toPath());
    }
  }
}
