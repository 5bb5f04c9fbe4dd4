package org.edgeld.workbench.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;

/**
 * Profiles of {@link Board}s: a layer takes {@code max(F/π, bytes/β) + b}, the roofline model
 * (Williams et al., CACM 2009) with an overhead, where {@code bytes} are weights, inputs and
 * outputs.
 */
public final class RooflineProfile {
  private RooflineProfile() {}

  /**
   * Returns the profile of boards behind one switch.
   *
   * @param link from every board to every other
   */
  public static ClusterProfile of(ModelGraph graph, List<Board> boards, LinkEstimate link) {
    List<TensorShape> shapes = graph.shapes();
    List<DeviceProfile> devices = new ArrayList<>();
    List<List<LinkEstimate>> links = new ArrayList<>();
    for (int i = 0; i < boards.size(); i++) {
      devices.add(device(graph, shapes, boards.get(i)));
      List<LinkEstimate> row = new ArrayList<>();
      for (int j = 0; j < boards.size(); j++) {
        row.add(i == j ? LinkEstimate.SELF : link);
      }
      links.add(row);
    }
    return new ClusterProfile(devices, links);
  }

  private static DeviceProfile device(ModelGraph graph, List<TensorShape> shapes, Board board) {
    List<LayerTimes> layers = new ArrayList<>();
    for (int layer = 0; layer < graph.layers().size(); layer++) {
      List<LayerTimes.Sample> samples = new ArrayList<>();
      for (int rows : heights(graph, shapes, board, layer)) {
        long nanos = Math.round(nanos(graph, shapes, board, layer, rows));
        samples.add(new LayerTimes.Sample(rows, nanos));
      }
      layers.add(new LayerTimes(samples));
    }
    return new DeviceProfile(
        info(board),
        layers,
        new Regression(1 / board.flopsPerSecond(), board.overheadNanos() / 1e9, List.of()));
  }

  /**
   * Time is linear in rows but for the borders of the map, and where memory gives way to
   * arithmetic: there another sample lies.
   */
  private static Iterable<Integer> heights(
      ModelGraph graph, List<TensorShape> shapes, Board board, int layer) {
    int height = shapes.get(layer + 1).height();
    TreeSet<Integer> heights = new TreeSet<>(List.of(1, (height + 1) / 2, height));
    int bound = 0;
    int free = height + 1;
    while (free - bound > 1) {
      int rows = (bound + free) / 2;
      boolean byMemory =
          memoryNanos(graph, shapes, board, layer, rows)
              > computeNanos(graph, shapes, board, layer, rows);
      bound = byMemory ? rows : bound;
      free = byMemory ? free : rows;
    }
    if (bound >= 1 && free <= height) {
      heights.add(bound);
      heights.add(free);
    }
    return heights;
  }

  private static double nanos(
      ModelGraph graph, List<TensorShape> shapes, Board board, int layer, int rows) {
    return board.overheadNanos()
        + Math.max(
            computeNanos(graph, shapes, board, layer, rows),
            memoryNanos(graph, shapes, board, layer, rows));
  }

  private static double computeNanos(
      ModelGraph graph, List<TensorShape> shapes, Board board, int layer, int rows) {
    return 1e9 * OperatorCost.flops(graph, shapes, layer, rows) / board.flopsPerSecond();
  }

  private static double memoryNanos(
      ModelGraph graph, List<TensorShape> shapes, Board board, int layer, int rows) {
    return 1e9 * OperatorCost.bytes(graph, shapes, layer, rows) / board.bytesPerSecond();
  }

  private static AgentInfo info(Board board) {
    String name = board.name();
    return new AgentInfo(
        name,
        name,
        "",
        0,
        0,
        0,
        "typed in",
        "",
        1,
        1,
        board.memoryBytes(),
        "",
        Emulation.NONE,
        false);
  }
}
