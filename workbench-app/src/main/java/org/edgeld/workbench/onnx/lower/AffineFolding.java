package org.edgeld.workbench.onnx.lower;

import java.util.List;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.workbench.onnx.fold.ComputedElements;
import org.edgeld.workbench.onnx.graph.Dims;

/**
 * Makes factors and summands of each channel part of the convolution or linear layer before them,
 * as batch normalisation is (Jacob et al. 2018, section 3.2), and makes several of them one. The
 * weights are computed when they are stored.
 */
final class AffineFolding {
  private final LayerGraph graph;

  private AffineFolding(LayerGraph graph) {
    this.graph = graph;
  }

  static void apply(LayerGraph graph) {
    AffineFolding folding = new AffineFolding(graph);
    for (int i = 0; i < graph.size(); i++) {
      if (graph.isRead(i)) {
        folding.fold(i);
      }
    }
  }

  /** {@code scale[c]·x + shift[c]}; each has one element or one for each channel. */
  private record Affine(Weight scale, Weight shift) {}

  private void fold(int index) {
    DraftLayer layer = graph.layer(index);
    Optional<Affine> affine = affine(layer);
    if (affine.isEmpty() || !graph.hasOneReader(layer.inputs().get(0))) {
      return;
    }
    int source = layer.inputs().get(0);
    graph
        .producer(source)
        .flatMap(before -> joined(before, affine.get()))
        .ifPresent(
            joined -> {
              Activation activation = Fusible.activation(layer.operator()).orElse(Activation.NONE);
              // the result takes the earlier layer's place and name
              graph.set(
                  source - 1, joined.with(Fusible.withActivation(joined.operator(), activation)));
              graph.redirect(index + 1, source);
            });
  }

  private Optional<Affine> affine(DraftLayer layer) {
    if (layer.operator() instanceof Operator.ChannelAffine) {
      return Optional.of(new Affine(layer.weights().get(0), layer.weights().get(1)));
    }
    if (!(layer.operator() instanceof Operator.ElementwiseConstant operator)) {
      return Optional.empty();
    }
    Weight constant = layer.weights().get(0);
    int channels = graph.shape(layer.inputs().get(0)).channels();
    boolean perChannel = constant.size() == constant.dims().extent(0);
    if (!perChannel || (constant.size() != 1 && constant.size() != channels)) {
      return Optional.empty();
    }
    return affine(operator, constant.reshaped(constant.size()));
  }

  private static Optional<Affine> affine(Operator.ElementwiseConstant operator, Weight constant) {
    Weight one = Weight.filled(1, 1);
    Weight zero = Weight.filled(1, 0);
    boolean first = operator.constantFirst();
    return switch (operator.arithmetic()) {
      case ADD -> Optional.of(new Affine(one, constant));
      case MULTIPLY -> Optional.of(new Affine(constant, zero));
      case SUBTRACT ->
          Optional.of(
              first
                  ? new Affine(Weight.filled(1, -1), constant)
                  : new Affine(one, constant.mapped("negated", x -> -x)));
      case DIVIDE ->
          first
              ? Optional.empty()
              : Optional.of(new Affine(constant.mapped("reciprocal", x -> 1 / x), zero));
      default -> Optional.empty();
    };
  }

  /** Returns a layer with an affine function behind it, if its weights can hold that. */
  private Optional<DraftLayer> joined(DraftLayer layer, Affine affine) {
    boolean isPlain = Fusible.activation(layer.operator()).filter(Activation::isNone).isPresent();
    if (!isPlain) {
      return Optional.empty();
    }
    if (layer.operator() instanceof Operator.Conv2d
        || layer.operator() instanceof Operator.ConvTranspose2d
        || layer.operator() instanceof Operator.Linear) {
      Weight weight = layer.weights().get(0);
      Weight bias = layer.weights().get(1);
      return Optional.of(layer.with(scaled(weight, affine.scale()), shifted(bias, affine)));
    }
    return affine(layer).map(before -> chained(layer, before, affine));
  }

  private DraftLayer chained(DraftLayer layer, Affine before, Affine after) {
    int channels = graph.shape(layer.inputs().get(0)).channels();
    Weight scale = scaled(spread(before.scale(), channels), after.scale());
    Weight shift = shifted(spread(before.shift(), channels), after);
    return new DraftLayer(
        layer.name(),
        new Operator.ChannelAffine(Activation.NONE),
        layer.inputs(),
        List.of(scale, shift));
  }

  private static Weight spread(Weight vector, int count) {
    return vector.size() == count
        ? vector
        : new Weight(
            Dims.of(count), ComputedElements.moved(vector.elements(), index -> 0, "repeated"));
  }

  /** Multiplies each outermost part of a weight with its factor. */
  private static Weight scaled(Weight weight, Weight scale) {
    if (scale.isAll(1)) {
      return weight;
    }
    int part = weight.size() / weight.dims().extent(0);
    boolean single = scale.size() == 1;
    return weight.computed(
        "scaled " + part + single,
        List.of(scale),
        index -> weight.at(index) * scale.at(single ? 0 : index / part));
  }

  private static Weight shifted(Weight bias, Affine affine) {
    Weight scaled = scaled(bias, affine.scale());
    Weight shift = affine.shift();
    if (shift.isAll(0)) {
      return scaled;
    }
    boolean single = shift.size() == 1;
    return scaled.computed(
        "shifted " + single,
        List.of(shift),
        index -> scaled.at(index) + shift.at(single ? 0 : index));
  }
}
