package org.edgeld.workbench.bound;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.plan.ModelGeometry;

/**
 * The way through a network, from its input to its last output, on which most work lies; what is
 * traced along it says how much has to travel.
 *
 * @param layers indices, ascending
 * @param amounts per layer of the path, the share of its output that is traced: who makes a share
 *     {@code a} of a layer needs at least {@code a·amounts[i−1]/amounts[i]} of the tensor before
 */
record MainPath(List<Integer> layers, List<Double> amounts) {
  MainPath {
    layers = List.copyOf(layers);
    amounts = List.copyOf(amounts);
  }

  /**
   * Finds the path.
   *
   * @param work of each layer
   * @param needed share of each layer that is computed in any case
   */
  static MainPath of(ModelGeometry geometry, double[] work, double[] needed) {
    List<Integer> layers = heaviest(geometry.graph(), work);
    List<Double> amounts = new ArrayList<>(Collections.nCopies(layers.size(), 1.0));
    double amount = 1;
    for (int i = layers.size() - 1; i >= 0; i--) {
      amount = Math.min(amount, needed[layers.get(i)]);
      amounts.set(i, amount);
      amount *= leastInput(geometry, layers.get(i), i == 0 ? 0 : layers.get(i - 1) + 1);
    }
    return new MainPath(layers, amounts);
  }

  private static List<Integer> heaviest(ModelGraph graph, double[] work) {
    double[] longest = new double[work.length];
    int[] before = new int[work.length];
    for (int layer = 0; layer < work.length; layer++) {
      before[layer] = -1;
      for (TensorId input : graph.layers().get(layer).inputs()) {
        int producer = input.index() - 1;
        if (producer >= 0 && (before[layer] < 0 || longest[producer] > longest[before[layer]])) {
          before[layer] = producer;
        }
      }
      longest[layer] = work[layer] + (before[layer] < 0 ? 0 : longest[before[layer]]);
    }
    List<Integer> layers = new ArrayList<>();
    int last = graph.outputs().stream().mapToInt(TensorId::index).max().orElseThrow() - 1;
    for (int layer = last; layer >= 0; layer = before[layer]) {
      layers.add(0, layer);
    }
    return layers;
  }

  /**
   * Returns the least share of an input that any share of a layer's output takes, as a factor of
   * that share, at most 1. Parts at the border need least, for they reach into the padding.
   */
  static double leastInput(ModelGeometry geometry, int layerIndex, int tensor) {
    Layer layer = geometry.graph().layers().get(layerIndex);
    List<TensorShape> inputs = layer.inputs().stream().map(geometry::shape).toList();
    int index = layer.inputs().indexOf(new TensorId(tensor));
    if (index < 0) {
      // a heavier branch begins at the input of the model; nothing is known of this edge
      return 0;
    }
    Region whole = Region.whole(geometry.shape(new TensorId(layerIndex + 1)));
    double all = inputs.get(index).elements();
    double factor = 1;
    for (Axis axis : Axis.values()) {
      int extent = whole.along(axis).size();
      double least = 1;
      for (int part = 1; part <= extent; part++) {
        double share = (double) part / extent;
        Region first = whole.with(axis, new Range(0, part));
        Region last = whole.with(axis, new Range(extent - part, extent));
        long elements =
            Math.min(
                ReceptiveField.input(layer.operator(), index, first, inputs).elements(),
                ReceptiveField.input(layer.operator(), index, last, inputs).elements());
        least = Math.min(least, elements / all / share);
      }
      factor *= least;
    }
    return factor;
  }
}
