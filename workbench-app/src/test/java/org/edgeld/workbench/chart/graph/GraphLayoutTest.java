package org.edgeld.workbench.chart.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.fixture.SmallModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("core")
class GraphLayoutTest {
  private static final double FLATNESS = 0.2;
  private static final double ROUNDING = 1e-6;

  static Stream<ModelGraph> graphs() {
    List<ModelGraph> graphs = new ArrayList<>(SmallModels.all());
    graphs.add(DeepGraphs.dense(24));
    graphs.add(DeepGraphs.branches(9));
    graphs.add(DeepGraphs.squeezeExcite(16));
    for (int seed = 0; seed < 40; seed++) {
      graphs.add(RandomGraphs.of(seed, 5 + 4 * seed, seed % 2 == 0 ? 4 : 30));
    }
    return graphs.stream();
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void everyTensorHasANodeAndEveryReadingAnEdge(ModelGraph graph) {
    GraphLayout layout = new GraphLayout(graph);
    assertThat(layout.nodes()).hasSize(graph.layers().size() + 1);
    for (int t = 0; t < layout.nodes().size(); t++) {
      assertThat(layout.nodes().get(t).tensor()).isEqualTo(t);
    }
    Set<List<Integer>> wanted = new HashSet<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      for (TensorId in : graph.layers().get(i).inputs()) {
        wanted.add(List.of(in.index(), i + 1));
      }
    }
    assertThat(layout.edges().stream().map(edge -> List.of(edge.from(), edge.to())))
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void nodesDoNotOverlapAndLieWithinTheDrawing(ModelGraph graph) {
    GraphLayout layout = new GraphLayout(graph);
    Set<Point2D> corners = new HashSet<>();
    Rectangle2D paper = new Rectangle2D.Double(0, 0, layout.width(), layout.height());
    for (GraphNode node : layout.nodes()) {
      assertThat(paper.contains(node.bounds())).as(node.toString()).isTrue();
      for (GraphNode other : layout.nodes()) {
        assertThat(other.equals(node) || !other.bounds().intersects(node.bounds()))
            .as(node + " and " + other)
            .isTrue();
      }
      corners.add(new Point2D.Double(node.x(), node.y()));
    }
    assertThat(corners).hasSameSizeAs(layout.nodes());
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void edgesGoDownwardsFromTheirProducerToTheirReader(ModelGraph graph) {
    GraphLayout layout = new GraphLayout(graph);
    for (GraphEdge edge : layout.edges()) {
      List<Point2D> points = points(edge.path());
      for (int i = 1; i < points.size(); i++) {
        assertThat(points.get(i).getY())
            .as(edge.toString())
            .isGreaterThanOrEqualTo(points.get(i - 1).getY() - ROUNDING);
      }
      assertThat(touches(layout.nodes().get(edge.from()), points.get(0))).isTrue();
      assertThat(touches(layout.nodes().get(edge.to()), points.get(points.size() - 1))).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void edgesPassNodesBy(ModelGraph graph) {
    GraphLayout layout = new GraphLayout(graph);
    List<String> crossings = new ArrayList<>();
    for (GraphEdge edge : layout.edges()) {
      List<Point2D> points = points(edge.path());
      for (GraphNode node : layout.nodes()) {
        for (int i = 1; i < points.size(); i++) {
          if (crosses(node, points.get(i - 1), points.get(i))) {
            crossings.add(edge + " crosses " + node);
          }
        }
      }
    }
    assertThat(crossings).isEmpty();
  }

  private static boolean crosses(GraphNode node, Point2D from, Point2D to) {
    return to.getY() > node.y()
        && from.getY() < node.bottom()
        && new Rectangle2D.Double(
                node.x() + 1, node.y() + 1, GraphNode.WIDTH - 2, GraphNode.HEIGHT - 2)
            .intersectsLine(from.getX(), from.getY(), to.getX(), to.getY());
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void tensorsThatSkipLayersNeverShareATrack(ModelGraph graph) {
    GraphLayout layout = new GraphLayout(graph);
    record Upright(int tensor, double x, double top, double bottom) {}
    List<Upright> uprights = new ArrayList<>();
    for (GraphEdge edge : layout.edges()) {
      List<Point2D> points = points(edge.path());
      for (int i = 1; i < points.size(); i++) {
        Point2D a = points.get(i - 1);
        Point2D b = points.get(i);
        if (edge.skips() && a.getX() == b.getX()) {
          uprights.add(new Upright(edge.from(), a.getX(), a.getY(), b.getY()));
        }
      }
    }
    for (Upright a : uprights) {
      assertThat(uprights)
          .as(a.toString())
          .noneMatch(
              b ->
                  b.tensor() != a.tensor()
                      && b.x() == a.x()
                      && b.top() < a.bottom()
                      && a.top() < b.bottom());
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void cutsAreHorizontal(ModelGraph graph) {
    GraphLayout layout = new GraphLayout(graph);
    for (int cut : graph.cuts()) {
      double above =
          layout.nodes().subList(0, cut + 1).stream()
              .mapToDouble(GraphNode::bottom)
              .max()
              .orElse(0);
      double below =
          layout.nodes().subList(cut + 1, layout.nodes().size()).stream()
              .mapToDouble(GraphNode::y)
              .min()
              .orElse(Double.POSITIVE_INFINITY);
      assertThat(above).as("cut " + cut).isLessThan(below);
    }
  }

  @ParameterizedTest
  @MethodSource("graphs")
  void aLayerIsFoundWhereItIsDrawn(ModelGraph graph) {
    GraphLayout layout = new GraphLayout(graph);
    for (GraphNode node : layout.nodes()) {
      assertThat(layout.pick(node.centreX(), node.y() + 1)).contains(node);
      assertThat(layout.pick(node.centreX(), node.bottom() + GraphLayout.GAP / 2)).isEmpty();
    }
  }

  @Test
  void aChainIsOneColumnAndBranchesAreBesideEachOther() {
    assertThat(columns(SmallModels.oddChain())).isEqualTo(1);
    assertThat(columns(DeepGraphs.dense(24))).isEqualTo(1);
    assertThat(columns(DeepGraphs.squeezeExcite(3))).isEqualTo(1);
    assertThat(columns(DeepGraphs.branches(9))).isEqualTo(4);
  }

  private static long columns(ModelGraph graph) {
    return new GraphLayout(graph).nodes().stream().mapToDouble(GraphNode::x).distinct().count();
  }

  private static boolean touches(GraphNode node, Point2D point) {
    return new Rectangle2D.Double(
            node.x() - ROUNDING,
            node.y() - ROUNDING,
            GraphNode.WIDTH + 2 * ROUNDING,
            GraphNode.HEIGHT + 2 * ROUNDING)
        .contains(point);
  }

  private static List<Point2D> points(Path2D path) {
    List<Point2D> points = new ArrayList<>();
    double[] at = new double[6];
    for (PathIterator i = new FlatteningPathIterator(path.getPathIterator(null), FLATNESS);
        !i.isDone();
        i.next()) {
      i.currentSegment(at);
      points.add(new Point2D.Double(at[0], at[1]));
    }
    return points;
  }
}
