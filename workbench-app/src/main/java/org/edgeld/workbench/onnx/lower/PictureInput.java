package org.edgeld.workbench.onnx.lower;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.OnnxGraph;
import org.edgeld.workbench.onnx.graph.OnnxModel;

/**
 * What a file says of the picture that its model takes.
 *
 * @param channelsLast whether the channels are the last axis (NHWC), not the second (NCHW)
 * @param channels extent of the channel axis; nothing if it is open
 * @param height rows; nothing if they are open
 * @param width columns; nothing if they are open
 * @param extents all extents in words, such as {@code [batch, 3, height, width]}
 */
public record PictureInput(
    boolean channelsLast,
    OptionalInt channels,
    OptionalInt height,
    OptionalInt width,
    String extents) {
  /**
   * Looks at the input of a model.
   *
   * @return nothing if the model takes no picture, or not only one
   */
  public static Optional<PictureInput> of(OnnxModel model) {
    try {
      OnnxGraph graph = Expansion.of(model);
      return InputPlan.picture(graph, NodeOrder.of(graph, Set.of()));
    } catch (DefectException e) {
      return Optional.empty(); // the import says what is wrong
    }
  }

  /** Tells whether an import has to be told more than {@code chosen}. */
  public boolean isOpen(InputSize chosen) {
    return (height.isEmpty() && chosen.height().isEmpty())
        || (width.isEmpty() && chosen.width().isEmpty());
  }
}
