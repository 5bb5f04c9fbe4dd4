package org.edgeld.agent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;

/**
 * Small random networks whose every layer splits by rows: chains, residual and branching blocks.
 */
public final class RandomGraphs {
  private final Random random;
  private final boolean halfPadding;
  private final List<String> names = new ArrayList<>();

  /**
   * Makes a source of graphs.
   *
   * @param random decides everything
   * @param halfPadding pad average pooling by at most half its window, as PyTorch demands, so that
   *     no window lies on padding alone; max pooling, whose output would be −∞ there, is never
   *     padded more
   */
  public RandomGraphs(Random random, boolean halfPadding) {
    this.random = random;
    this.halfPadding = halfPadding;
  }

  /** Returns a network of one to four units, each a layer, a residual or a branching block. */
  public ModelGraph next() {
    while (true) {
      try {
        names.clear();
        TensorShape input =
            new TensorShape(1 + random.nextInt(5), 5 + random.nextInt(20), 3 + random.nextInt(12));
        GraphBuilder builder =
            new GraphBuilder("random", input, GraphBuilder.seeded(random.nextLong()));
        TensorId x = TensorId.INPUT;
        int units = 1 + random.nextInt(4);
        for (int i = 0; i < units; i++) {
          x = unit(builder, x);
        }
        return builder.build();
      } catch (IllegalArgumentException e) {
        // the map became too small for a window; the next try draws anew
        continue;
      }
    }
  }

  private TensorId unit(GraphBuilder builder, TensorId x) {
    return switch (random.nextInt(8)) {
      case 0 -> residual(builder, x);
      case 1 -> branches(builder, x);
      case 2 -> pool(builder, x, Operator.PoolKind.MAX, window(4, 3, true), window(4, 3, true));
      case 3 -> averagePool(builder, x);
      case 4 ->
          builder.add(
              name("act"),
              new Operator.Activate(random.nextInt(4) == 0 ? Activation.NONE : Activation.RELU),
              List.of(x));
      default ->
          conv(
              builder,
              x,
              dilated(window(4, 3, false)),
              dilated(window(4, 3, false)),
              1 + random.nextInt(6));
    };
  }

  private TensorId residual(GraphBuilder builder, TensorId x) {
    int channels = 1 + random.nextInt(6);
    TensorId main = conv(builder, x, Window.of(3, 1, 1), same(), channels);
    main = conv(builder, main, same(), same(), channels);
    TensorId side = conv(builder, x, Window.of(1, 1, 0), Window.of(1, 1, 0), channels);
    List<TensorId> parts = random.nextBoolean() ? List.of(main, side) : List.of(main, side, main);
    return builder.sum(name("add"), parts, activation());
  }

  private TensorId branches(GraphBuilder builder, TensorId x) {
    TensorId a = conv(builder, x, same(), same(), 1 + random.nextInt(4));
    Operator.PoolKind kind =
        random.nextBoolean() ? Operator.PoolKind.MAX : Operator.PoolKind.AVERAGE;
    TensorId b = pool(builder, x, kind, Window.of(3, 1, 1), Window.of(3, 1, 1));
    List<TensorId> parts = random.nextBoolean() ? List.of(a, b) : List.of(a, x, b);
    return builder.concat(name("concat"), parts);
  }

  private Window same() {
    int dilation = 1 + random.nextInt(2);
    int kernel = 1 + 2 * random.nextInt(3);
    int total = dilation * (kernel - 1);
    int before = random.nextInt(total + 1);
    return new Window(kernel, 1, before, total - before, dilation);
  }

  private Window window(int maxKernel, int maxStride, boolean half) {
    int kernel = 1 + random.nextInt(maxKernel);
    int pad = half ? kernel / 2 : kernel;
    int before = random.nextInt(pad + 1);
    int after = random.nextBoolean() ? before : random.nextInt(pad + 1);
    return new Window(kernel, 1 + random.nextInt(maxStride), before, after, 1);
  }

  private Window dilated(Window w) {
    int dilation = random.nextInt(3) == 0 ? 2 : 1;
    return new Window(w.kernel(), w.stride(), w.padBefore(), w.padAfter(), dilation);
  }

  private TensorId averagePool(GraphBuilder builder, TensorId x) {
    return pool(
        builder,
        x,
        Operator.PoolKind.AVERAGE,
        window(4, 3, halfPadding),
        window(4, 3, halfPadding));
  }

  private TensorId pool(
      GraphBuilder builder,
      TensorId x,
      Operator.PoolKind kind,
      Window vertical,
      Window horizontal) {
    return builder.add(
        name("pool"),
        new Operator.Pool2d(kind, vertical, horizontal, random.nextBoolean(), random.nextBoolean()),
        List.of(x));
  }

  private TensorId conv(
      GraphBuilder builder, TensorId x, Window vertical, Window horizontal, int outChannels) {
    int in = builder.shape(x).channels();
    int groups = random.nextInt(3) == 0 ? in : 1;
    int out = groups == 1 ? outChannels : groups * (1 + random.nextInt(2));
    List<Integer> dims = List.of(out, in / groups, vertical.kernel(), horizontal.kernel());
    float bound = (float) Math.sqrt(3.0 / (dims.get(1) * dims.get(2) * dims.get(3)));
    return builder.add(
        name("conv"),
        new Operator.Conv2d(in, out, vertical, horizontal, groups, activation()),
        List.of(x),
        new WeightRef.Seeded(random.nextLong(), bound, dims),
        new WeightRef.Seeded(random.nextLong(), 0.1f, List.of(out)));
  }

  private Activation activation() {
    return random.nextBoolean() ? Activation.RELU : Activation.NONE;
  }

  private String name(String kind) {
    names.add(kind);
    return kind + names.size();
  }
}
