package org.edgeld.workbench.chart.graph;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/** Shapes of well-known networks: densely connected, branching, squeezing and exciting. */
final class DeepGraphs {
  private static final Window ONE = Window.of(1, 1, 0);
  private static final Window THREE = Window.of(3, 1, 1);

  private DeepGraphs() {}

  private static GraphBuilder builder(String name) {
    return new GraphBuilder(name, new TensorShape(3, 32, 32), GraphBuilder.seeded(1));
  }

  /** Every layer reads all before it (Huang et al., DenseNet, 2017). */
  static ModelGraph dense(int layers) {
    GraphBuilder b = builder("dense");
    List<TensorId> all = new ArrayList<>();
    all.add(b.conv("stem", TensorId.INPUT, 8, THREE, Activation.RELU));
    all.add(b.conv("dense0", all.get(0), 4, THREE, Activation.RELU));
    for (int i = 1; i < layers; i++) {
      TensorId joined = b.concat("dense" + i + ".concat", all);
      joined = b.conv("dense" + i + ".bottleneck", joined, 16, ONE, Activation.RELU);
      all.add(b.conv("dense" + i, joined, 4, THREE, Activation.RELU));
    }
    b.concat("concat", all);
    return b.build();
  }

  /** Four branches beside each other (Szegedy et al., GoogLeNet, 2015). */
  static ModelGraph branches(int modules) {
    GraphBuilder b = builder("branches");
    TensorId t = b.conv("stem", TensorId.INPUT, 8, THREE, Activation.RELU);
    for (int i = 0; i < modules; i++) {
      String name = "mixed" + i + ".";
      TensorId one = b.conv(name + "1x1", t, 4, ONE, Activation.RELU);
      TensorId three = b.conv(name + "3x3.reduce", t, 4, ONE, Activation.RELU);
      three = b.conv(name + "3x3", three, 4, THREE, Activation.RELU);
      TensorId five = b.conv(name + "5x5.reduce", t, 4, ONE, Activation.RELU);
      five = b.conv(name + "5x5.a", five, 4, THREE, Activation.RELU);
      five = b.conv(name + "5x5.b", five, 4, THREE, Activation.RELU);
      TensorId pool = b.maxPool(name + "pool", t, THREE);
      pool = b.conv(name + "pool.project", pool, 4, ONE, Activation.RELU);
      t = b.concat(name + "concat", List.of(one, three, five, pool));
    }
    return b.build();
  }

  /** Channels scaled by what is seen of the whole map, and residual sums (EfficientNet, 2019). */
  static ModelGraph squeezeExcite(int blocks) {
    GraphBuilder b = builder("squeeze-excite");
    TensorId t = b.conv("stem", TensorId.INPUT, 8, THREE, Activation.SILU);
    for (int i = 0; i < blocks; i++) {
      String name = "block" + i + ".";
      TensorId wide = b.conv(name + "expand", t, 16, ONE, Activation.SILU);
      TensorId scale = b.globalAveragePool(name + "pool", wide);
      scale = b.conv(name + "squeeze", scale, 4, ONE, Activation.SILU);
      scale = b.conv(name + "excite", scale, 16, ONE, Activation.SIGMOID);
      wide =
          b.add(
              name + "scale",
              new Operator.Elementwise(Operator.Arithmetic.MULTIPLY, Activation.NONE),
              List.of(scale, wide));
      wide = b.conv(name + "project", wide, 8, ONE, Activation.NONE);
      t = b.sum(name + "sum", List.of(wide, t), Activation.NONE);
    }
    b.linear("classes", b.flatten("flatten", b.globalAveragePool("pool", t)), 10, Activation.NONE);
    return b.build();
  }
}
