package org.edgeld.workbench.ui.modelfile;

import java.util.OptionalInt;
import javafx.scene.Scene;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.onnx.lower.InputSize;
import org.edgeld.workbench.ui.widget.ModalSheet;
import org.edgeld.workbench.ui.widget.Widgets;

/** Asks for the height and width that a model leaves open. */
final class InputSizeSheet {
  private static final String USUAL = "224";

  private final ModelFileViewModel model;
  private final ModelFileViewModel.SizeQuestion question;
  private final ModalSheet sheet;
  private final TextField height;
  private final TextField width;

  InputSizeSheet(Scene owner, ModelFileViewModel model, ModelFileViewModel.SizeQuestion question) {
    this.model = model;
    this.question = question;
    this.height = field("size-height", question.picture().height());
    this.width = field("size-width", question.picture().width());
    VBox content =
        new VBox(
            10,
            Widgets.wrapped(
                "%s works on pictures of several sizes: its input is %s. Larger pictures are more work."
                    .formatted(question.file().getFileName(), question.picture().extents()),
                "caption"),
            new HBox(
                14,
                Widgets.field("Height, pixels", height),
                Widgets.field("Width, pixels", width)));
    sheet = new ModalSheet(owner, "Size of the input", "Open", content);
    sheet.onAccept(this::accept);
  }

  private static TextField field(String id, OptionalInt fixed) {
    TextField field = new TextField(fixed.isPresent() ? "" + fixed.getAsInt() : USUAL);
    field.setId(id);
    field.setDisable(fixed.isPresent());
    field.setPrefColumnCount(6);
    return field;
  }

  private void accept() {
    try {
      InputSize size =
          InputSize.of(
              PreprocessingForm.extent("height", height.getText()),
              PreprocessingForm.extent("width", width.getText()));
      sheet.close();
      model.open(question.file(), size);
    } catch (IllegalArgumentException e) {
      sheet.showError(e.getMessage());
    }
  }

  void show() {
    sheet.show();
  }
}
