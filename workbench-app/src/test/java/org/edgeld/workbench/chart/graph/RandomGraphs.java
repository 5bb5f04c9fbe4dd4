package org.edgeld.workbench.chart.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/** Makes graphs as no researcher would draw them: any layer reads any earlier tensors. */
final class RandomGraphs {
  private RandomGraphs() {}

  /**
   * Returns a graph.
   *
   * @param seed of its edges
   * @param layers how many
   * @param reach how far back a layer reads at most
   */
  static ModelGraph of(long seed, int layers, int reach) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphBuilder builder =
        new GraphBuilder("random-" + seed, new TensorShape(2, 8, 8), GraphBuilder.seeded(seed));
    for (int i = 0; i < layers; i++) {
      int newest = i;
      Supplier<TensorId> any =
          () -> new TensorId(newest - random.nextInt(Math.min(reach, newest + 1)));
      TreeSet<TensorId> inputs = new TreeSet<>();
      int wanted = 1 + random.nextInt(3);
      for (int k = 0; k < wanted; k++) {
        inputs.add(any.get());
      }
      if (inputs.size() == 1) {
        builder.activate("layer" + i, inputs.first(), Activation.RELU);
      } else {
        builder.sum("layer" + i, new ArrayList<>(inputs), Activation.NONE);
      }
    }
    ModelGraph graph = builder.build();
    TensorId middle = new TensorId(1 + random.nextInt(layers));
    TensorId last = TensorId.ofLayer(layers - 1);
    List<TensorId> outputs = middle.equals(last) ? List.of(last) : List.of(middle, last);
    return new ModelGraph(graph.name(), graph.input(), graph.layers(), outputs);
  }
}
