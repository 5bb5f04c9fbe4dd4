package org.edgeld.workbench.profile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;

/**
 * Profiles of {@link Board}s: a layer takes {@code max(F/π, bytes/β) + b}, the roofline model
 * (Williams et al., CACM 2009) with an overhead, where {@code bytes} are weights, inputs and
 * outputs.
 */
public final class RooflineProfile {
  /** What the agent of a board that is typed in says of its processor. */
  public static final String TYPED_IN = "typed in";

  private RooflineProfile() {}

  /**
   * Returns the profile of boards behind one switch.
   *
   * @param link from every board to every other, slower where one of them has a slower link; a
   *     board's interface carries as much as its own link, but not more than this one
   */
  public static ClusterProfile of(ModelGraph graph, List<Board> boards, LinkEstimate link) {
    List<DeviceProfile> devices = new ArrayList<>();
    List<List<LinkEstimate>> links = new ArrayList<>();
    for (int i = 0; i < boards.size(); i++) {
      devices.add(device(graph, boards.get(i), info(boards.get(i))));
      List<LinkEstimate> row = new ArrayList<>();
      for (int j = 0; j < boards.size(); j++) {
        row.add(i == j ? LinkEstimate.SELF : link(boards.get(i), boards.get(j), link));
      }
      links.add(row);
    }
    return new ClusterProfile(
        devices, links, boards.stream().map(board -> interfaces(board, link)).toList());
  }

  private static InterfaceEstimate interfaces(Board board, LinkEstimate common) {
    double rate = Math.min(board.linkBitsPerSecond(), common.bitsPerSecond());
    return Double.isInfinite(rate) ? InterfaceEstimate.UNKNOWN : InterfaceEstimate.both(rate);
  }

  private static LinkEstimate link(Board from, Board to, LinkEstimate common) {
    double slower = Math.min(from.linkBitsPerSecond(), to.linkBitsPerSecond());
    return new LinkEstimate(
        common.roundTripNanos(), common.messageNanos(), Math.min(common.bitsPerSecond(), slower));
  }

  /**
   * Returns the profile of one board.
   *
   * @param info what to call it
   */
  public static DeviceProfile device(ModelGraph graph, Board board, AgentInfo info) {
    List<TensorShape> shapes = graph.shapes();
    List<LayerTimes> layers = new ArrayList<>();
    for (int i = 0; i < graph.layers().size(); i++) {
      Roofline roofline = new Roofline(graph, shapes, board, i);
      layers.add(
          LayerTimes.of(
              shapes.get(i + 1), roofline.boxes(), box -> Math.round(roofline.nanos(box))));
    }
    return new DeviceProfile(
        info,
        layers,
        StepOverhead.NONE,
        new Regression(1 / board.flopsPerSecond(), board.overheadNanos() / 1e9, List.of()));
  }

  /** One layer on one board. */
  private record Roofline(ModelGraph graph, List<TensorShape> shapes, Board board, int layer) {
    /**
     * Time is linear in rows and in channels but for the borders of the map, and where memory gives
     * way to arithmetic: there other boxes lie.
     */
    List<Region> boxes() {
      Region whole = Region.whole(shapes.get(layer + 1));
      Set<Region> boxes = new LinkedHashSet<>(List.of(whole));
      for (Axis axis : LayerBoxes.axes(graph.layers().get(layer))) {
        parts(whole, axis, boxes);
      }
      return List.copyOf(boxes);
    }

    private void parts(Region whole, Axis axis, Set<Region> boxes) {
      int extent = whole.along(axis).size();
      boxes.add(whole.with(axis, Range.upTo(1)));
      boxes.add(whole.with(axis, Range.upTo((extent + 1) / 2)));
      int bound = 0;
      int free = extent + 1;
      while (free - bound > 1) {
        int size = (bound + free) / 2;
        Region part = whole.with(axis, Range.upTo(size));
        boolean byMemory = memoryNanos(part) > computeNanos(part);
        bound = byMemory ? size : bound;
        free = byMemory ? free : size;
      }
      if (bound >= 1 && free <= extent) {
        boxes.add(whole.with(axis, Range.upTo(bound)));
        boxes.add(whole.with(axis, Range.upTo(free)));
      }
    }

    double nanos(Region box) {
      return board.overheadNanos() + Math.max(computeNanos(box), memoryNanos(box));
    }

    private double computeNanos(Region box) {
      return 1e9 * OperatorCost.flops(graph, shapes, layer, box) / board.flopsPerSecond();
    }

    private double memoryNanos(Region box) {
      return 1e9 * OperatorCost.bytes(graph, shapes, layer, box) / board.bytesPerSecond();
    }
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
        TYPED_IN,
        "",
        1,
        1,
        board.memoryBytes(),
        "",
        Emulation.NONE,
        false);
  }
}
