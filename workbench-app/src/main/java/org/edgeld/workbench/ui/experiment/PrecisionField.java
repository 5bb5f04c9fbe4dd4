package org.edgeld.workbench.ui.experiment;

import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import org.edgeld.program.Precision;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.PrecisionWords;

/** The choice of how the values of slices travel. */
final class PrecisionField extends ComboBox<Precision> {
  PrecisionField(ExperimentViewModel experiment) {
    setId("precision");
    getItems().setAll(List.of(Precision.values()));
    setConverter(ToolbarView.names(Precision::id));
    setCellFactory(list -> new Cell());
    valueProperty().bindBidirectional(experiment.precisionProperty());
    setPrefWidth(92);
    tooltipProperty()
        .bind(
            experiment
                .precisionProperty()
                .map(
                    precision ->
                        Widgets.tooltip(
                            "How values travel between devices; they compute with float32 in any"
                                + " case.\n"
                                + PrecisionWords.of(precision))));
  }

  private static final class Cell extends ListCell<Precision> {
    @Override
    protected void updateItem(Precision item, boolean empty) {
      super.updateItem(item, empty);
      setText(empty ? null : item.id());
      setTooltip(empty ? null : Widgets.tooltip(PrecisionWords.of(item)));
    }
  }
}
