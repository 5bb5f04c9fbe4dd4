package org.edgeld.workbench.ui.experiment;

import java.util.stream.Stream;
import javafx.scene.Node;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.OverlapWords;
import org.edgeld.workbench.ui.widget.Segments;
import org.edgeld.workbench.ui.widget.Widgets;

/** Whether strips are computed in parts. */
final class OverlapField {
  private OverlapField() {}

  static Node of(ExperimentViewModel experiment) {
    return Widgets.field(
        "Overlap",
        new Segments<>(
            experiment.overlapProperty(),
            Stream.of(Overlap.values()).map(OverlapField::segment).toList()));
  }

  private static Segments.Segment<Overlap> segment(Overlap value) {
    return new Segments.Segment<>(
        value, "overlap-" + value.id(), OverlapWords.title(value), OverlapWords.of(value));
  }
}
