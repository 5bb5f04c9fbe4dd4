package org.edgeld.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a graph layer by layer, keeping track of shapes; each method appends one layer and returns
 * its tensor.
 */
public final class GraphBuilder {
  private final String name;
  private final TensorShape input;
  private final Function<WeightRequest, WeightRef> weights;
  private final List<Layer> layers = new ArrayList<>();
  private List<TensorShape> shapes;

  /**
   * What a layer wants its weights for.
   *
   * @param layer the layer's name
   * @param bias whether this is the bias
   * @param fanIn inputs that one output sums over
   * @param dims extents
   */
  public record WeightRequest(String layer, boolean bias, long fanIn, List<Integer> dims) {}

  public GraphBuilder(String name, TensorShape input, Function<WeightRequest, WeightRef> weights) {
    this.name = name;
    this.input = input;
    this.weights = weights;
    this.shapes = List.of(input);
  }

  /**
   * Returns weights derived from a seed, of He's variance (He et al. 2015: {@code √(6/fanIn)} as
   * bound) so that activations keep their scale through ReLU networks of any depth.
   */
  public static Function<WeightRequest, WeightRef> seeded(long seed) {
    return request -> {
      long own = seed * 31 + request.layer().hashCode() * 2L + (request.bias() ? 1 : 0);
      double bound = request.bias() ? 0.05 : Math.sqrt(6.0 / request.fanIn());
      return new WeightRef.Seeded(mixed(own), (float) bound, request.dims());
    };
  }

  /**
   * Returns David Stafford's mix 13 of a number. Numbers that differ by little start SplitMix64 far
   * apart; without it, layers would have the same weights, shifted by a few elements.
   */
  private static long mixed(long number) {
    long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Appends any layer. */
  public TensorId add(String layer, Operator operator, List<TensorId> inputs, WeightRef... refs) {
    layers.add(new Layer(layer, operator, inputs, List.of(refs)));
    shapes = ShapeInference.infer(input, layers);
    return TensorId.ofLayer(layers.size() - 1);
  }

  /** Appends a square convolution. */
  public TensorId conv(
      String layer, TensorId from, int outChannels, Window window, Activation activation) {
    int in = shape(from).channels();
    int kernel = window.kernel();
    long fanIn = (long) in * kernel * kernel;
    return add(
        layer,
        new Operator.Conv2d(in, outChannels, window, window, 1, activation),
        List.of(from),
        weights.apply(
            new WeightRequest(layer, false, fanIn, List.of(outChannels, in, kernel, kernel))),
        weights.apply(new WeightRequest(layer, true, fanIn, List.of(outChannels))));
  }

  /** Appends a square max pooling. */
  public TensorId maxPool(String layer, TensorId from, Window window) {
    return add(
        layer,
        new Operator.Pool2d(Operator.PoolKind.MAX, window, window, false, false),
        List.of(from));
  }

  /** Appends a flattening. */
  public TensorId flatten(String layer, TensorId from) {
    return add(layer, new Operator.Flatten(), List.of(from));
  }

  /** Appends a fully connected layer. */
  public TensorId linear(String layer, TensorId from, int outFeatures, Activation activation) {
    int in = shape(from).channels();
    return add(
        layer,
        new Operator.Linear(in, outFeatures, activation),
        List.of(from),
        weights.apply(new WeightRequest(layer, false, in, List.of(outFeatures, in))),
        weights.apply(new WeightRequest(layer, true, in, List.of(outFeatures))));
  }

  /** Returns the shape of a tensor appended so far. */
  public TensorShape shape(TensorId tensor) {
    return shapes.get(tensor.index());
  }

  /** Returns the graph; its output is the last layer's. */
  public ModelGraph build() {
    return ModelGraph.of(name, input, layers);
  }
}
