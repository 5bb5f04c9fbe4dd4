package org.edgeld.workbench.profile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;

/**
 * Which boxes of a layer's output are timed: everything; where the layer splits by rows, half,
 * quarter and eighth of the rows, from the middle, where padding does not matter; where it splits
 * by channels and they divide the weights or rows do not divide it, half, quarter and eighth of the
 * channels. A part of the channels or columns of any other layer takes about as long as the rows
 * that have as many elements.
 */
public final class LayerBoxes {
  private static final int[] DIVISORS = {2, 4, 8};

  private LayerBoxes() {}

  /**
   * Returns the boxes to time of a layer, the whole output first.
   *
   * @param shapes all shapes of the graph
   */
  public static List<Region> of(ModelGraph graph, List<TensorShape> shapes, int layerIndex) {
    Region whole = Region.whole(shapes.get(layerIndex + 1));
    Set<Region> boxes = new LinkedHashSet<>(List.of(whole));
    for (Axis axis : axes(graph.layers().get(layerIndex))) {
      parts(whole, axis, boxes);
    }
    return List.copyOf(boxes);
  }

  /** Returns the axes along which a layer's time is to be known. */
  static List<Axis> axes(Layer layer) {
    List<Axis> axes = new ArrayList<>();
    if (ReceptiveField.splitsByRows(layer.operator())) {
      axes.add(Axis.ROWS);
    }
    if (ReceptiveField.splitsByChannels(layer.operator())
        && (axes.isEmpty() || !layer.weights().isEmpty())) {
      axes.add(Axis.CHANNELS);
    }
    return axes;
  }

  private static void parts(Region whole, Axis axis, Set<Region> boxes) {
    int extent = whole.along(axis).size();
    for (int divisor : DIVISORS) {
      int size = (extent + divisor - 1) / divisor;
      // channels from 0 on, so that whole groups of a convolution stay whole
      int start = axis == Axis.CHANNELS ? 0 : (extent - size) / 2;
      boxes.add(whole.with(axis, new Range(start, start + size)));
    }
  }
}
