package org.edgeld.workbench.onnx.lower;

import java.util.List;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Activation.Kind;
import org.edgeld.model.Operator;
import org.edgeld.workbench.onnx.lower.Scalars.Product;

/**
 * Recognises non-linearities that exporters write out: a tensor multiplied with a function of
 * itself, as SiLU, hard swish, Mish and GELU are.
 */
final class GatePatterns {
  private static final double SIXTH = 1 / 6.0;
  private static final double ROOT_OF_HALF = Math.sqrt(0.5);

  private final LayerGraph graph;
  private final Scalars scalars;

  private GatePatterns(LayerGraph graph) {
    this.graph = graph;
    this.scalars = new Scalars(graph);
  }

  static void apply(LayerGraph graph) {
    GatePatterns patterns = new GatePatterns(graph);
    for (int i = 0; i < graph.size(); i++) {
      patterns.recognise(i);
    }
  }

  /** A function and the tensor it is applied to. */
  private record Match(Activation function, int tensor) {}

  private void recognise(int index) {
    int tensor = index + 1;
    hardSigmoid(tensor)
        .or(() -> product(tensor))
        .or(() -> scaledProduct(tensor))
        .ifPresent(
            match ->
                graph.set(
                    index,
                    new DraftLayer(
                        graph.layer(index).name(),
                        new Operator.Activate(match.function()),
                        List.of(match.tensor()),
                        List.of())));
  }

  /** {@code clip(x + 3, 0, 6) / 6}. */
  private Optional<Match> hardSigmoid(int tensor) {
    return scalars
        .times(tensor, SIXTH)
        .flatMap(this::clippedSum)
        .map(x -> new Match(Activation.hardSigmoid((float) SIXTH, 0.5f), x));
  }

  private Optional<Integer> clippedSum(int tensor) {
    return scalars.applied(tensor, Activation.RELU6).flatMap(sum -> scalars.plus(sum, 3));
  }

  private Optional<Match> product(int tensor) {
    return scalars
        .product(tensor)
        .flatMap(
            factors ->
                gated(factors).or(() -> gated(new Product(factors.right(), factors.left()))));
  }

  /** {@code x · f(x)}, the gate being the right factor. */
  private Optional<Match> gated(Product factors) {
    int x = factors.left();
    int gate = factors.right();
    if (is(x, scalars.applied(gate, Activation.SIGMOID))) {
      return Optional.of(new Match(Activation.SILU, x));
    }
    if (is(x, scalars.applied(gate, Activation.hardSigmoid((float) SIXTH, 0.5f)))) {
      return Optional.of(new Match(Activation.HARD_SWISH, x));
    }
    if (is(
        x,
        scalars
            .applied(gate, Activation.of(Kind.TANH))
            .flatMap(softplus -> scalars.applied(softplus, Activation.of(Kind.SOFTPLUS))))) {
      return Optional.of(new Match(Activation.of(Kind.MISH), x));
    }
    // GELU with the half on either factor
    if (is(x, scalars.times(gate, 0.5).flatMap(this::onePlusError))) {
      return Optional.of(new Match(Activation.of(Kind.GELU), x));
    }
    Optional<Integer> halved = scalars.times(x, 0.5);
    if (halved.isPresent() && is(halved.get(), onePlusError(gate))) {
      return Optional.of(new Match(Activation.of(Kind.GELU), halved.get()));
    }
    return Optional.empty();
  }

  /** {@code x · f(x)} times a number. */
  private Optional<Match> scaledProduct(int tensor) {
    Optional<Match> hardSwish =
        scalars
            .times(tensor, SIXTH)
            .flatMap(scalars::product)
            .flatMap(factors -> shared(factors, this::clippedSum))
            .map(x -> new Match(Activation.HARD_SWISH, x));
    return hardSwish.or(
        () ->
            scalars
                .times(tensor, 0.5)
                .flatMap(scalars::product)
                .flatMap(factors -> shared(factors, this::onePlusError))
                .map(x -> new Match(Activation.of(Kind.GELU), x)));
  }

  /** Finds what a tensor is a function of. */
  @FunctionalInterface
  private interface Gate {
    Optional<Integer> argument(int tensor);
  }

  /** Returns the factor that the other one is a function of. */
  private static Optional<Integer> shared(Product factors, Gate gate) {
    if (is(factors.left(), gate.argument(factors.right()))) {
      return Optional.of(factors.left());
    }
    return is(factors.right(), gate.argument(factors.left()))
        ? Optional.of(factors.right())
        : Optional.empty();
  }

  /** {@code 1 + erf(x/√2)}. */
  private Optional<Integer> onePlusError(int tensor) {
    return scalars
        .plus(tensor, 1)
        .flatMap(error -> scalars.applied(error, Draft.ERROR_FUNCTION))
        .flatMap(scaled -> scalars.times(scaled, ROOT_OF_HALF));
  }

  private static boolean is(int tensor, Optional<Integer> other) {
    return other.isPresent() && other.get() == tensor;
  }
}
