package org.edgeld.workbench.chart.graph;

import java.util.List;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;

/**
 * The row of every tensor's producer: one below its lowest input (longest-path layering), and below
 * every layer in front of the last cut, so that a cut is a horizontal line.
 */
final class Ranks {
  private Ranks() {}

  /** Returns the rank of each tensor, indexed by {@link TensorId#index}; that of the input is 0. */
  static int[] of(ModelGraph graph) {
    List<Layer> layers = graph.layers();
    int[] ranks = new int[layers.size() + 1];
    List<Integer> cuts = graph.cuts();
    int nextCut = 0;
    int lowest = 0;
    int floor = 0;
    for (int i = 0; i < layers.size(); i++) {
      if (nextCut < cuts.size() && cuts.get(nextCut) == i) {
        floor = lowest + 1;
        nextCut++;
      }
      int rank = floor;
      for (TensorId in : layers.get(i).inputs()) {
        rank = Math.max(rank, ranks[in.index()] + 1);
      }
      ranks[i + 1] = rank;
      lowest = Math.max(lowest, rank);
    }
    return ranks;
  }
}
