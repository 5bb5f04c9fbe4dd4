package org.edgeld.workbench.ui.experiment;

import java.util.List;
import javafx.scene.Node;
import org.edgeld.workbench.plan.Overlap;
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
            List.of(
                segment(
                    Overlap.AUTO,
                    "Auto",
                    "Strips are computed in parts, so that what others need travels meanwhile,"
                        + " where that is predicted to be faster."),
                segment(
                    Overlap.ON,
                    "On",
                    "Every strip that can be cut is computed in parts, faster or not."),
                segment(
                    Overlap.OFF,
                    "Off",
                    "Every strip is computed as a whole before anything of it is sent."))));
  }

  private static Segments.Segment<Overlap> segment(Overlap value, String title, String words) {
    return new Segments.Segment<>(value, "overlap-" + value.id(), title, words);
  }
}
