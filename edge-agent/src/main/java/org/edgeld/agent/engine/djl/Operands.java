package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;
import org.edgeld.model.Layer;
import org.edgeld.model.TensorShape;

/**
 * What one layer is computed from.
 *
 * @param layer the layer
 * @param inputShapes shapes of its undivided inputs
 * @param outputShape shape of its undivided output
 * @param region what to compute of its output, not empty
 * @param summed input channels of the partial sum to compute; none if the layer itself is wanted
 * @param weights its prepared weights
 * @param tensors where its inputs are
 * @param scope owns whatever is created
 * @param temporaries closed after this layer
 */
record Operands(
    Layer layer,
    List<TensorShape> inputShapes,
    TensorShape outputShape,
    Region region,
    Range summed,
    LayerWeights weights,
    TileTensors tensors,
    NDManager scope,
    Temporaries temporaries) {

  /** Returns the shape of the first undivided input. */
  TensorShape in() {
    return inputShapes.get(0);
  }

  /** Returns what the layer needs of an input. */
  Region need(int index) {
    Region all = ReceptiveField.input(layer.operator(), index, region, inputShapes);
    return sums() && !all.isEmpty() ? all.with(Axis.CHANNELS, summed) : all;
  }

  /** Returns what the layer needs of an input, which is not empty; the caller must not close it. */
  NDArray input(int index) {
    return tensors.region(layer.inputs().get(index), need(index), temporaries);
  }

  /**
   * Returns what the layer needs of its first input between rows of zeros, where these lie beside
   * it in the caller's memory; the caller must not close it.
   */
  Optional<NDArray> padded(RowMargin zeros) {
    return tensors.padded(layer.inputs().get(0), need(0), zeros, temporaries);
  }

  /** Tells whether a partial sum is wanted. */
  boolean sums() {
    return !summed.isEmpty();
  }

  /**
   * Returns weights of some outputs only, for a partial sum those of its input channels, as a view;
   * the caller must not close it.
   */
  NDArray weight(int index, Range outputs) {
    SharedWeights.Part part = weights.part(index);
    if (!part.outputs().contains(outputs)) {
      throw new IllegalArgumentException(
          "The layer %s was loaded for its output channels %s, not %s."
              .formatted(layer.name(), part.outputs(), outputs));
    }
    int start = outputs.start() - part.outputs().start();
    NDIndex own = new NDIndex().addSliceDim(start, start + outputs.size());
    if (sums()) {
      return temporary(part.array().get(scope, own.addSliceDim(summed.start(), summed.end())));
    }
    return outputs.equals(part.outputs()) ? part.array() : temporary(part.array().get(scope, own));
  }

  /** Returns the bias of some outputs, which a partial sum does not have yet: zeros. */
  NDArray bias(Range outputs) {
    return sums() ? temporary(scope.zeros(new Shape(outputs.size()))) : weight(1, outputs);
  }

  /** Returns one weight per channel of the region, to be repeated over rows and columns. */
  NDArray perChannel(int index) {
    NDArray own = weight(index, region.channels());
    NDArray column = temporary(own.reshape(1, region.channels().size(), 1, 1));
    // what is made from the model's weights belongs to their manager otherwise
    column.attach(scope);
    return column;
  }

  /** Has a tensor closed after this layer, and returns it. */
  NDArray temporary(NDArray array) {
    return temporaries.add(array);
  }
}
