package org.edgeld.workbench.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.Stage;

/**
 * One fused block with the strips of all its layers.
 *
 * @param index position among the stages
 * @param stage the plan's stage
 * @param layers strips per layer of the block, ordered by rows, columns and channels; without the
 *     tiles that compute nothing of the layer. Where a layer is divided by its input channels, a
 *     strip stands for a partial sum: as large a share of the layer as of its input channels
 * @param flops operations of the undivided block
 * @param computedFlops operations of all devices together, halos included
 */
public record StagePicture(
    int index, Stage stage, List<List<Strip>> layers, long flops, long computedFlops) {
  public StagePicture {
    layers = layers.stream().map(List::copyOf).toList();
  }

  /** A tile of a device. */
  private record Placed(DeviceId device, Region output, BlockTile tile) {}

  static StagePicture of(ModelGraph graph, List<TensorShape> shapes, int index, Stage stage) {
    if (stage.sums()) {
      return ofSums(graph, shapes, index, stage);
    }
    Block block = stage.block();
    List<Placed> tiles = new ArrayList<>();
    for (DeviceId device : stage.computing()) {
      for (List<Slice> outputs : stage.tiles(device)) {
        Region output =
            stage.reference().map(it -> Slice.find(outputs, it).region()).orElse(Region.EMPTY);
        tiles.add(new Placed(device, output, BlockTile.of(graph, shapes, block, outputs)));
      }
    }
    tiles.sort(
        Comparator.comparingInt((Placed placed) -> placed.output().rows().start())
            .thenComparingInt(placed -> placed.output().columns().start())
            .thenComparingInt(placed -> placed.output().channels().start()));
    List<List<Strip>> layers = new ArrayList<>();
    long flops = 0;
    for (int layer = block.layerStart(); layer < block.layerEnd(); layer++) {
      TensorShape shape = shapes.get(layer + 1);
      flops += OperatorCost.flops(graph, shapes, layer, shape.height());
      layers.add(strips(tiles, layer, shape));
    }
    long computed = tiles.stream().mapToLong(placed -> placed.tile().flops(graph, shapes)).sum();
    return new StagePicture(index, stage, layers, flops, computed);
  }

  private static StagePicture ofSums(
      ModelGraph graph, List<TensorShape> shapes, int index, Stage stage) {
    int layer = stage.block().layerStart();
    TensorShape shape = shapes.get(layer + 1);
    Region whole = Region.whole(shape);
    int inputs = ChannelSums.channels(graph, stage.block());
    List<Strip> strips = new ArrayList<>();
    long computed = 0;
    for (DeviceId device : stage.computing()) {
      Range summed = stage.summed(device);
      if (!summed.isEmpty()) {
        Range place =
            new Range(
                scaled(summed.start(), inputs, shape.channels()),
                scaled(summed.end(), inputs, shape.channels()));
        Region share = whole.with(Axis.CHANNELS, place);
        strips.add(new Strip(device, share, share));
      }
      computed += stage.partialSum(graph, shapes, device).flops(graph, shapes);
    }
    strips.sort(Comparator.comparingInt(strip -> strip.owned().channels().start()));
    long flops = OperatorCost.flops(graph, shapes, layer, shape.height());
    return new StagePicture(index, stage, List.of(strips), flops, computed);
  }

  private static int scaled(int channel, int from, int to) {
    return (int) Math.round((double) channel * to / from);
  }

  private static List<Strip> strips(List<Placed> tiles, int layer, TensorShape shape) {
    List<Placed> computed =
        tiles.stream().filter(placed -> !placed.tile().region(layer).isEmpty()).toList();
    Map<Axis, Map<Integer, Integer>> boundaries = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      boundaries.put(axis, boundaries(computed, axis, layer, shape.extent(axis)));
    }
    List<Strip> strips = new ArrayList<>();
    for (Placed placed : computed) {
      Region owned = placed.tile().region(layer);
      for (Axis axis : Axis.values()) {
        Range output = placed.output().along(axis);
        Map<Integer, Integer> at = boundaries.get(axis);
        owned = owned.with(axis, new Range(at.get(output.start()), at.get(output.end())));
      }
      strips.add(new Strip(placed.device(), owned, placed.tile().region(layer)));
    }
    return strips;
  }

  /**
   * Returns where the boundaries between tiles lie in a layer, by where they lie in the output: in
   * the middle of what the tiles on both sides compute, or in proportion if both compute all.
   */
  private static Map<Integer, Integer> boundaries(
      List<Placed> tiles, Axis axis, int layer, int extent) {
    TreeMap<Integer, Integer> starts = new TreeMap<>();
    TreeMap<Integer, Integer> ends = new TreeMap<>();
    for (Placed placed : tiles) {
      Range output = placed.output().along(axis);
      Range computed = placed.tile().region(layer).along(axis);
      starts.merge(output.start(), computed.start(), Math::min);
      ends.merge(output.end(), computed.end(), Math::max);
    }
    int whole = ends.isEmpty() ? 1 : Math.max(1, ends.lastKey());
    TreeSet<Integer> places = new TreeSet<>(starts.keySet());
    places.addAll(ends.keySet());
    Map<Integer, Integer> boundaries = new TreeMap<>();
    int before = 0;
    for (int at : places) {
      int start = starts.getOrDefault(at, ends.getOrDefault(at, 0));
      int end = ends.getOrDefault(at, start);
      boolean all = start == 0 && end == extent;
      int middle = all ? (2 * at * extent + whole) / (2 * whole) : (start + end + 1) / 2;
      before = at == 0 ? 0 : at == whole ? extent : Math.max(before, Math.min(extent, middle));
      boundaries.put(at, before);
    }
    return boundaries;
  }

  /** Returns the caption of the block: B1, B2, … */
  public String tag() {
    return "B" + (index + 1);
  }

  /** Tells whether more than one device computes. */
  public boolean split() {
    return stage.computing().size() > 1;
  }

  /** Returns the work done more than once over the work of the undivided block. */
  public double redundancy() {
    return flops == 0 ? 0 : Math.max(0, computedFlops / (double) flops - 1);
  }

  /** Tells whether each strip stands for a partial sum over some input channels. */
  public boolean sums() {
    return stage.sums();
  }

  /** Tells whether tiles are channels of whole maps, so that rows and columns tell nothing. */
  public boolean byChannels() {
    if (sums()) {
      return true;
    }
    return stage.computing().stream()
        .flatMap(device -> stage.outputs().get(device.index()).stream())
        .map(Slice::region)
        .anyMatch(region -> region.channels().start() > 0 && region.rows().start() == 0);
  }

  /** Returns the strips of a device in a layer of the block, one for each tile. */
  public List<Strip> strips(int layerInBlock, DeviceId device) {
    return layers.get(layerInBlock).stream()
        .filter(strip -> strip.device().equals(device))
        .toList();
  }
}
