package org.edgeld.workbench.chart.graph;

import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.ModelGraph;

/**
 * Places of all layers of a graph and ways of all tensors, in a drawing that flows downwards: a
 * layered drawing (Sugiyama et al. 1981) whose columns are chains of layers. A tensor that skips
 * layers runs in a track of its own, from its producer to its last reader, however many there are.
 * The time is that of sorting the layers, and the number of skipping tensors times the tracks
 * beside each other.
 */
public final class GraphLayout {
  /** Space between two rows. */
  public static final double GAP = 20;

  /** Space at the left, for the tags of blocks. */
  public static final double LEFT = 64;

  /** Space above the first row, below the last and at the right. */
  public static final double MARGIN = 14;

  private static final double TRACK = 9;
  private static final double BESIDE_NODE = 14;

  private final ModelGraph graph;
  private final List<GraphNode> nodes;
  private final List<GraphEdge> edges;
  private final double width;
  private final double height;

  /** Lays out a graph. */
  public GraphLayout(ModelGraph graph) {
    this.graph = graph;
    int[] ranks = Ranks.of(graph);
    Chains chains = Chains.of(graph, ranks);
    Tracks tracks = Tracks.of(chains, ranks);
    double[] columnX = new double[tracks.columns() + 1];
    columnX[0] = LEFT;
    for (int c = 0; c < tracks.columns(); c++) {
      columnX[c + 1] = columnX[c] + GraphNode.WIDTH + 2 * BESIDE_NODE + TRACK * tracks.count(c);
    }
    List<GraphNode> placed = new ArrayList<>();
    int lastRank = 0;
    for (int t = 0; t < ranks.length; t++) {
      placed.add(new GraphNode(t, ranks[t], columnX[chains.column(t)], rowTop(ranks[t])));
      lastRank = Math.max(lastRank, ranks[t]);
    }
    this.nodes = List.copyOf(placed);
    this.edges = edges(chains, tracks);
    this.width = columnX[tracks.columns()] - BESIDE_NODE + MARGIN;
    this.height = rowTop(lastRank) + GraphNode.HEIGHT + GAP + MARGIN;
  }

  private List<GraphEdge> edges(Chains chains, Tracks tracks) {
    List<GraphEdge> all = new ArrayList<>();
    for (GraphNode from : nodes) {
      for (int reader : chains.readers(from.tensor())) {
        GraphNode to = nodes.get(reader);
        boolean skips = tracks.uses(from.tensor(), reader);
        Path2D path =
            skips
                ? EdgePaths.track(
                    from,
                    to,
                    from.right() + BESIDE_NODE + TRACK * (tracks.place(from.tensor()) + 0.5))
                : EdgePaths.column(from, to);
        all.add(new GraphEdge(from.tensor(), reader, skips, path));
      }
    }
    return List.copyOf(all);
  }

  /** Returns the upper edge of a row. */
  public static double rowTop(int rank) {
    return MARGIN + rank * (GraphNode.HEIGHT + GAP);
  }

  /** Returns what is drawn. */
  public ModelGraph graph() {
    return graph;
  }

  /** Returns the nodes, indexed by tensor. */
  public List<GraphNode> nodes() {
    return nodes;
  }

  /** Returns the edges, ordered by tensor and reader. */
  public List<GraphEdge> edges() {
    return edges;
  }

  /** Returns the node of a layer. */
  public GraphNode ofLayer(int layer) {
    return nodes.get(layer + 1);
  }

  public double width() {
    return width;
  }

  public double height() {
    return height;
  }

  /** Returns the node at a point. */
  public Optional<GraphNode> pick(double x, double y) {
    return nodes.stream().filter(node -> node.bounds().contains(x, y)).findFirst();
  }
}
