package org.edgeld.geometry;

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

/** Random small networks of operators that split by rows, with branches. */
final class RandomGraphs {
  private RandomGraphs() {}

  static Window window(Random random, boolean dilated) {
    int kernel = 1 + random.nextInt(5);
    int dilation = dilated ? 1 + random.nextInt(2) : 1;
    int padding = (dilation * (kernel - 1) + 1) / 2;
    return new Window(
        kernel,
        1 + random.nextInt(3),
        random.nextInt(padding + 1),
        random.nextInt(padding + 1),
        dilation);
  }

  /** Returns a graph of about the wanted number of layers, all at least two rows high. */
  static ModelGraph of(Random random, int layers) {
    GraphBuilder b =
        new GraphBuilder(
            "random", new TensorShape(1, 30 + random.nextInt(40), 9), GraphBuilder.seeded(1));
    TensorId t = TensorId.INPUT;
    for (int i = 0; i < layers; i++) {
      switch (random.nextInt(4)) {
        case 0 -> t = branch(b, t, i);
        case 1 -> t = pool(b, t, i, random);
        default -> t = conv(b, t, i, random);
      }
    }
    return b.build();
  }

  private static TensorId conv(GraphBuilder b, TensorId t, int i, Random random) {
    Window any = window(random, true);
    Window vertical = any.outputSize(b.shape(t).height()) >= 2 ? any : Window.of(1, 1, 0);
    return b.add(
        "conv" + i,
        new Operator.Conv2d(1, 1, vertical, Window.of(1, 1, 0), 1, Activation.RELU),
        List.of(t),
        new WeightRef.Seeded(i, 1, List.of(1, 1, vertical.kernel(), 1)),
        new WeightRef.Seeded(i, 1, List.of(1)));
  }

  private static TensorId pool(GraphBuilder b, TensorId t, int i, Random random) {
    Window vertical = window(random, false);
    boolean fits = vertical.outputSize(b.shape(t).height()) >= 2;
    return b.add(
        "pool" + i,
        new Operator.Pool2d(
            Operator.PoolKind.AVERAGE,
            fits ? vertical : Window.of(1, 1, 0),
            Window.of(1, 1, 0),
            random.nextBoolean(),
            true),
        List.of(t));
  }

  private static TensorId branch(GraphBuilder b, TensorId t, int i) {
    TensorId left = b.conv("left" + i, t, 1, Window.of(3, 1, 1), Activation.RELU);
    TensorId right = b.conv("right" + i, t, 1, new Window(3, 1, 2, 2, 2), Activation.NONE);
    return b.sum("add" + i, List.of(left, right, t), Activation.RELU);
  }
}
