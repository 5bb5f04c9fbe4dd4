package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.edgeld.model.Activation;
import org.edgeld.model.Axis;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.workbench.onnx.graph.DefectException;

/** Layers written so far, in topological order, with the shapes of their tensors. */
final class Draft {
  /**
   * Stands for the error function, which the workbench does not have alone: exporters write GELU
   * with it, and there it is recognised ({@link GatePatterns}).
   */
  static final Activation ERROR_FUNCTION = new Activation(Activation.Kind.NONE, 1, 0);

  private final List<DraftLayer> layers = new ArrayList<>();
  private final List<TensorShape> shapes = new ArrayList<>();

  Draft(TensorShape input) {
    shapes.add(input);
  }

  /**
   * Appends a layer.
   *
   * @return the tensor it makes
   * @throws DefectException if operator, tensors and weights do not fit
   */
  int add(DraftLayer layer) throws DefectException {
    try {
      shapes.add(shape(layer));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new DefectException(clause(e.getMessage()), e);
    }
    layers.add(layer);
    return layers.size();
  }

  /** Returns a sentence as part of another one. */
  static String clause(String sentence) {
    int end = sentence.endsWith(".") ? sentence.length() - 1 : sentence.length();
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, end);
  }

  /** A graph of this layer alone knows the shape; it takes one tensor, so several are joined. */
  private TensorShape shape(DraftLayer layer) {
    TensorShape first = shapes.get(layer.inputs().get(0));
    for (int input : layer.inputs().subList(1, layer.inputs().size())) {
      first = joined(layer.operator(), first, shapes.get(input));
    }
    if (layer.inputs().size() > 1) {
      return first;
    }
    List<WeightRef> weights = new ArrayList<>();
    layer
        .weights()
        .forEach(weight -> weights.add(new WeightRef.Seeded(0, 0, weight.dims().extents())));
    Layer alone = new Layer(layer.name(), layer.operator(), List.of(TensorId.INPUT), weights);
    return ModelGraph.of("layer", first, List.of(alone)).shapes().get(1);
  }

  private static TensorShape joined(Operator operator, TensorShape a, TensorShape b) {
    if (operator instanceof Operator.Concat concat) {
      return new TensorShape(
          concat.axis() == Axis.CHANNELS ? a.channels() + b.channels() : a.channels(),
          concat.axis() == Axis.ROWS ? a.height() + b.height() : a.height(),
          concat.axis() == Axis.COLUMNS ? a.width() + b.width() : a.width());
    }
    return new TensorShape(
        Math.max(a.channels(), b.channels()),
        Math.max(a.height(), b.height()),
        Math.max(a.width(), b.width()));
  }

  /** Returns the number of layers. */
  int size() {
    return layers.size();
  }

  /** Returns a layer. */
  DraftLayer layer(int index) {
    return layers.get(index);
  }

  /** Returns all layers. */
  List<DraftLayer> layers() {
    return List.copyOf(layers);
  }

  /** Returns the shape of a tensor, 0 being the model's input. */
  TensorShape shape(int tensor) {
    return shapes.get(tensor);
  }
}
