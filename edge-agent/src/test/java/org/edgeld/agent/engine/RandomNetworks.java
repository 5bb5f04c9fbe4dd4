package org.edgeld.agent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.Arithmetic;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * Small random networks of any operators: chains, residual and branching blocks, squeeze and
 * excitation, skips over several layers, one or several outputs.
 */
public final class RandomNetworks {
  private final Random random;

  public RandomNetworks(Random random) {
    this.random = random;
  }

  /** Returns a network of two to six units. */
  public ModelGraph next() {
    while (true) {
      TensorShape input =
          new TensorShape(1 + random.nextInt(8), 4 + random.nextInt(16), 3 + random.nextInt(12));
      GraphBuilder builder = new GraphBuilder("random", input, GraphBuilder.seeded(1));
      RandomLayers layers = new RandomLayers(random, builder);
      try {
        TensorId x = TensorId.INPUT;
        TensorId skip = x;
        for (int i = 1 + layers.upTo(5); i > 0; i--) {
          TensorId before = x;
          x = unit(builder, layers, x, skip);
          skip = random.nextInt(3) == 0 ? before : skip;
        }
        return withOutputs(builder.build());
      } catch (IllegalArgumentException e) {
        // a layer does not fit; the next try draws anew
        continue;
      }
    }
  }

  private ModelGraph withOutputs(ModelGraph graph) {
    TreeSet<TensorId> outputs = new TreeSet<>(graph.outputs());
    while (random.nextInt(3) == 0) {
      outputs.add(TensorId.ofLayer(random.nextInt(graph.layers().size())));
    }
    return new ModelGraph(graph.name(), graph.input(), graph.layers(), List.copyOf(outputs));
  }

  private TensorId unit(GraphBuilder builder, RandomLayers layers, TensorId x, TensorId skip) {
    TensorId y =
        switch (random.nextInt(8)) {
          case 0 -> residual(builder, layers, x);
          case 1 -> squeezeAndExcitation(builder, layers, x);
          case 2 -> branches(builder, layers, x);
          case 3 -> joined(builder, layers, x, skip);
          default -> layers.append(layers.any(RandomLayers.KINDS.toArray(Class<?>[]::new)), x);
        };
    // keeps sums of whole maps, and maxima of padding alone, from drowning what follows
    return random.nextInt(3) > 0 ? y : layers.activate(y, Activation.clip(-4, 4));
  }

  private TensorId residual(GraphBuilder builder, RandomLayers layers, TensorId x) {
    Window window = Window.of(3, 1, 1);
    int channels = builder.shape(x).channels();
    TensorId main = layers.convolution(x, channels, window, window, 1, layers.activation());
    main = layers.convolution(main, channels, window, window, channels, Activation.NONE);
    return layers.add(
        new Operator.Elementwise(Arithmetic.ADD, layers.activation()), List.of(main, x));
  }

  private TensorId squeezeAndExcitation(GraphBuilder builder, RandomLayers layers, TensorId x) {
    Window one = Window.of(1, 1, 0);
    int channels = builder.shape(x).channels();
    TensorId mean = builder.globalAveragePool("squeeze" + random.nextInt(), x);
    TensorId small = layers.convolution(mean, layers.upTo(3), one, one, 1, Activation.RELU);
    TensorId scale = layers.convolution(small, channels, one, one, 1, Activation.SIGMOID);
    return layers.add(
        new Operator.Elementwise(Arithmetic.MULTIPLY, Activation.NONE), List.of(x, scale));
  }

  private TensorId branches(GraphBuilder builder, RandomLayers layers, TensorId x) {
    Window window = Window.of(3, 1, 1);
    List<TensorId> parts = new ArrayList<>();
    parts.add(layers.convolution(x, layers.upTo(4), window, window, 1, layers.activation()));
    parts.add(
        layers.add(
            new Operator.Pool2d(Operator.PoolKind.AVERAGE, window, window, false, false),
            List.of(x)));
    if (random.nextBoolean()) {
      parts.add(x);
    }
    return builder.concat("branches" + random.nextInt(), parts);
  }

  /** Brings an earlier tensor to the shape of {@code x} by cropping and padding, and adds it. */
  private TensorId joined(GraphBuilder builder, RandomLayers layers, TensorId x, TensorId skip) {
    TensorShape to = builder.shape(x);
    TensorShape from = builder.shape(skip);
    int channels = Math.min(to.channels(), from.channels());
    int rows = Math.min(to.height(), from.height());
    int columns = Math.min(to.width(), from.width());
    TensorId part = layers.add(new Operator.Crop(0, channels, 0, rows, 0, columns), List.of(skip));
    TensorId fitting =
        layers.add(
            new Operator.Pad(
                to.channels() - channels, 0, 0, to.height() - rows, 0, to.width() - columns, 0),
            List.of(part));
    return layers.add(
        new Operator.Elementwise(Arithmetic.MAXIMUM, layers.activation()), List.of(x, fitting));
  }
}
