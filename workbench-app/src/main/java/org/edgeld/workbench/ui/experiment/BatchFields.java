package org.edgeld.workbench.ui.experiment;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.HBox;
import org.edgeld.workbench.ui.widget.Widgets;

/** The fields for frames of a repeat and frames in flight, side by side. */
final class BatchFields extends HBox {
  BatchFields(BatchViewModel batch) {
    super(
        6,
        Widgets.field(
            "Frames",
            box(
                "frames",
                batch.framesProperty(),
                batch.frameChoices(),
                "Frames of a repeat: a batch whose time and throughput are measured.")),
        Widgets.field(
            "In flight",
            box(
                "in-flight",
                batch.inFlightProperty(),
                batch.inFlightChoices(),
                "How many frames of a batch are under way at one time. With several, devices work on"
                    + " different frames.")));
  }

  private static ComboBox<Integer> box(
      String id, ObjectProperty<Integer> value, List<Integer> choices, String words) {
    ComboBox<Integer> box = new ComboBox<>();
    box.setId(id);
    box.getItems().setAll(choices);
    box.setPrefWidth(70);
    box.valueProperty().bindBidirectional(value);
    box.setTooltip(Widgets.tooltip(words));
    return box;
  }
}
