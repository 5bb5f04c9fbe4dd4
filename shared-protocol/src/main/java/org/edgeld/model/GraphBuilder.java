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
   * @param gain factor on the usual scale, usually 1
   * @param dims extents
   */
  public record WeightRequest(
      String layer, boolean bias, long fanIn, double gain, List<Integer> dims) {}

  /**
   * A convolution to append; how many channels come in follows from the tensor it reads.
   *
   * @param outChannels output channels
   * @param vertical window along the height
   * @param horizontal window along the width
   * @param groups channel groups
   * @param activation applied to the result
   * @param gain factor on the usual scale of its weights, 1 keeping what a ReLU needs
   */
  public record Convolution(
      int outChannels,
      Window vertical,
      Window horizontal,
      int groups,
      Activation activation,
      double gain) {
    public Convolution {
      if (outChannels < 1 || groups < 1 || !(gain > 0) || !Double.isFinite(gain)) {
        throw new IllegalArgumentException(
            "A convolution to %d channels in %d groups with the gain %s is impossible."
                .formatted(outChannels, groups, gain));
      }
    }

    /** Returns a square convolution of all channels. */
    public static Convolution of(int outChannels, Window window, Activation activation) {
      return new Convolution(outChannels, window, window, 1, activation, 1);
    }

    /** Returns a square convolution of every channel for itself. */
    public static Convolution depthwise(int channels, Window window, Activation activation) {
      return new Convolution(channels, window, window, channels, activation, 1);
    }

    /** Returns the same convolution with weights {@code factor} times as large. */
    public Convolution scaled(double factor) {
      return new Convolution(outChannels, vertical, horizontal, groups, activation, gain * factor);
    }
  }

  public GraphBuilder(String name, TensorShape input, Function<WeightRequest, WeightRef> weights) {
    this.name = name;
    this.input = input;
    this.weights = weights;
    this.shapes = List.of(input);
  }

  /**
   * Returns weights derived from a seed, of He's variance (He et al. 2015: {@code √(6/fanIn)} as
   * bound, times the request's gain) so that activations keep their scale through ReLU networks of
   * any depth.
   */
  public static Function<WeightRequest, WeightRef> seeded(long seed) {
    return request -> {
      long own = seed * 31 + request.layer().hashCode() * 2L + (request.bias() ? 1 : 0);
      double bound = request.bias() ? 0.05 : request.gain() * Math.sqrt(6.0 / request.fanIn());
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

  /** Appends a square convolution of all channels. */
  public TensorId conv(
      String layer, TensorId from, int outChannels, Window window, Activation activation) {
    return conv(layer, from, Convolution.of(outChannels, window, activation));
  }

  /** Appends a convolution, also a grouped or rectangular one. */
  public TensorId conv(String layer, TensorId from, Convolution convolution) {
    int in = shape(from).channels();
    int out = convolution.outChannels();
    Window vertical = convolution.vertical();
    Window horizontal = convolution.horizontal();
    int groups = convolution.groups();
    List<Integer> dims = List.of(out, in / groups, vertical.kernel(), horizontal.kernel());
    long fanIn = (long) in / groups * vertical.kernel() * horizontal.kernel();
    double gain = convolution.gain();
    return add(
        layer,
        new Operator.Conv2d(in, out, vertical, horizontal, groups, convolution.activation()),
        List.of(from),
        weights.apply(new WeightRequest(layer, false, fanIn, gain, dims)),
        weights.apply(new WeightRequest(layer, true, fanIn, gain, List.of(out))));
  }

  /** Appends a square max pooling. */
  public TensorId maxPool(String layer, TensorId from, Window window) {
    return maxPool(layer, from, window, false);
  }

  /** Appends a square max pooling whose output size is rounded up, as Caffe does. */
  public TensorId maxPoolCeil(String layer, TensorId from, Window window) {
    return maxPool(layer, from, window, true);
  }

  private TensorId maxPool(String layer, TensorId from, Window window, boolean ceilMode) {
    return add(
        layer,
        new Operator.Pool2d(Operator.PoolKind.MAX, window, window, ceilMode, false),
        List.of(from));
  }

  /** Appends a sum of tensors. */
  public TensorId sum(String layer, List<TensorId> from, Activation activation) {
    return add(layer, new Operator.Elementwise(Operator.Arithmetic.ADD, activation), from);
  }

  /** Appends a product of tensors; a C×1×1 tensor scales the channels of another. */
  public TensorId product(String layer, List<TensorId> from) {
    return add(
        layer, new Operator.Elementwise(Operator.Arithmetic.MULTIPLY, Activation.NONE), from);
  }

  /** Appends a concatenation along the channels. */
  public TensorId concat(String layer, List<TensorId> from) {
    return add(layer, new Operator.Concat(Axis.CHANNELS), from);
  }

  /** Appends an activation of its own. */
  public TensorId activate(String layer, TensorId from, Activation activation) {
    return add(layer, new Operator.Activate(activation), List.of(from));
  }

  /**
   * Appends a global average pooling as two layers, a mean over columns, {@code layer/columns}, and
   * one over rows, {@code layer/rows}, so that the first splits by rows.
   */
  public TensorId globalAveragePool(String layer, TensorId from) {
    return global(layer, from, Operator.Reduction.MEAN);
  }

  /** Appends a reduction of whole maps as two layers, as {@link #globalAveragePool} does. */
  public TensorId global(String layer, TensorId from, Operator.Reduction reduction) {
    TensorId columns =
        add(layer + "/columns", new Operator.Reduce(reduction, Axes.COLUMNS), List.of(from));
    return add(layer + "/rows", new Operator.Reduce(reduction, Axes.ROWS), List.of(columns));
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
        weights.apply(new WeightRequest(layer, false, in, 1, List.of(outFeatures, in))),
        weights.apply(new WeightRequest(layer, true, in, 1, List.of(outFeatures))));
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
