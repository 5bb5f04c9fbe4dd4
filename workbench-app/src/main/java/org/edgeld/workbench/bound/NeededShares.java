package org.edgeld.workbench.bound;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.ChannelSums;
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
 * Which share of each layer's output some device has to compute, however the network is divided.
 * Usually everything; a border that no window reaches is never computed inside a fused block, and
 * what a stride steps over may lie between the parts of two devices.
 */
final class NeededShares {
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final Region[] regions;
  private final double[] density;

  private NeededShares(ModelGeometry geometry) {
    this.graph = geometry.graph();
    this.shapes = geometry.shapes();
    this.regions = new Region[shapes.size()];
    this.density = new double[shapes.size()];
  }

  /** Returns one share per layer, between 0 and 1. */
  static double[] of(ModelGeometry geometry) {
    return new NeededShares(geometry).shares();
  }

  private double[] shares() {
    for (int tensor = 0; tensor < shapes.size(); tensor++) {
      regions[tensor] = Region.EMPTY;
    }
    for (TensorId output : graph.outputs()) {
      require(output.index(), Region.whole(shapes.get(output.index())), 1);
    }
    double[] shares = new double[graph.layers().size()];
    for (int layer = shares.length - 1; layer >= 0; layer--) {
      int tensor = layer + 1;
      shares[layer] = needed(tensor) / shapes.get(tensor).elements();
      if (shares[layer] > 0) {
        requireInputs(graph.layers().get(layer), regions[tensor], density[tensor]);
      }
    }
    return shares;
  }

  private double needed(int tensor) {
    return regions[tensor].elements() * density[tensor];
  }

  /** Of several readers the one that needs most counts. */
  private void require(int tensor, Region region, double dense) {
    if (region.elements() * dense > needed(tensor)) {
      regions[tensor] = region;
      density[tensor] = dense;
    }
  }

  private void requireInputs(Layer layer, Region output, double dense) {
    List<TensorShape> inputs =
        layer.inputs().stream().map(tensor -> shapes.get(tensor.index())).toList();
    for (int i = 0; i < inputs.size(); i++) {
      Region all = ReceptiveField.input(layer.operator(), i, output, inputs);
      double covered = dense;
      for (Axis axis : Axis.values()) {
        Range range = output.along(axis);
        int middle = (range.start() + range.end()) / 2;
        Region one = output.with(axis, new Range(middle, middle + 1));
        double least =
            (double) range.size()
                * ReceptiveField.input(layer.operator(), i, one, inputs).elements();
        covered *= Math.min(1, least / Math.max(1, all.elements()));
      }
      require(layer.inputs().get(i).index(), all, covered);
    }
  }

  /**
   * Returns the layers that cannot start anywhere before everything in front of them is done: every
   * element of their output takes the whole of the one tensor that crosses there. Layers that sum
   * over their input channels are none: a device may sum over those that it made itself.
   */
  static List<Integer> barriers(ModelGeometry geometry) {
    ModelGraph graph = geometry.graph();
    List<Integer> barriers = new ArrayList<>();
    for (int cut : geometry.cuts()) {
      if (cut > 0 && cut < graph.layers().size() && takesAll(geometry, cut)) {
        barriers.add(cut);
      }
    }
    return barriers;
  }

  private static boolean takesAll(ModelGeometry geometry, int layerIndex) {
    Layer layer = geometry.graph().layers().get(layerIndex);
    if (layer.inputs().size() != 1
        || layer.inputs().get(0).isInput()
        || ChannelSums.channels(layer.operator()) > 0
        || !everythingLeadsTo(geometry.graph(), layerIndex)) {
      return false;
    }
    TensorShape input = geometry.shape(layer.inputs().get(0));
    Range first = new Range(0, 1);
    Region one = new Region(first, first, first);
    return ReceptiveField.input(layer.operator(), 0, one, List.of(input))
        .equals(Region.whole(input));
  }

  private static boolean everythingLeadsTo(ModelGraph graph, int layerIndex) {
    boolean[] leads = new boolean[layerIndex + 1];
    leads[layerIndex] = true;
    for (int layer = layerIndex; layer >= 0; layer--) {
      if (!leads[layer]) {
        return false;
      }
      for (TensorId input : graph.layers().get(layer).inputs()) {
        if (!input.isInput()) {
          leads[input.index() - 1] = true;
        }
      }
    }
    return true;
  }
}
