package org.edgeld.workbench.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;

/**
 * Who computes which parts of one block's outputs. Where a block has several outputs, the one with
 * the most rows, the last of these, is its <em>reference</em>: strips are counted in its rows.
 *
 * @param block the layers, fused
 * @param outputs per device, in the order of {@link DeviceId#index}, the slices that it computes;
 *     an empty list means the device idles; several slices of one tensor are several {@linkplain
 *     #tiles tiles}. Of every output of the block, the slices of all devices are disjoint and cover
 *     the tensor exactly
 * @param summed empty, or the block is one layer divided by its input channels: per device those
 *     that it sums over, disjoint ranges that cover them all. {@code outputs} then says who adds
 *     the partial sums of what up. If the stage before made just these channels on each device,
 *     both are a pair, and nothing travels between them
 */
public record Stage(Block block, List<List<Slice>> outputs, List<Range> summed) {
  public Stage {
    outputs = outputs.stream().map(List::copyOf).toList();
    summed = List.copyOf(summed);
  }

  /** Creates a stage in which each device computes its outputs from all they take. */
  public Stage(Block block, List<List<Slice>> outputs) {
    this(block, outputs, List.of());
  }

  /** Tells whether the stage is divided by input channels. */
  public boolean sums() {
    return !summed.isEmpty();
  }

  /** Returns the ranges of input channels that are summed over, ascending, none empty. */
  public List<Range> parts() {
    return summed.stream()
        .filter(range -> !range.isEmpty())
        .sorted(Comparator.comparingInt(Range::start))
        .toList();
  }

  /** Returns the input channels that a device sums over, none if the stage is divided otherwise. */
  public Range summed(DeviceId device) {
    return sums() ? summed.get(device.index()) : Range.EMPTY;
  }

  /** Returns the devices that sum over input channels, ascending. */
  public List<DeviceId> summing() {
    return IntStream.range(0, summed.size())
        .mapToObj(DeviceId::new)
        .filter(device -> !summed(device).isEmpty())
        .toList();
  }

  /** Returns the tile of a device's partial sum, an empty one if it has no input channels. */
  public BlockTile partialSum(ModelGraph graph, List<TensorShape> shapes, DeviceId device) {
    Range channels = summed(device);
    Region whole = Region.whole(shapes.get(block.last().index()));
    return BlockTile.of(
        graph,
        shapes,
        block,
        channels.isEmpty()
            ? List.of()
            : List.of(new Slice(ChannelSums.partial(block.last(), channels), whole)));
  }

  /** Returns the tile in which a device adds partial sums up, an empty one if it does not. */
  public BlockTile combination(ModelGraph graph, DeviceId device) {
    List<Slice> own = outputs.get(device.index());
    Slice output = own.isEmpty() ? new Slice(block.last(), Region.EMPTY) : own.get(0);
    return BlockTile.combining(graph, block, output, parts());
  }

  /**
   * Returns a stage that one device computes alone.
   *
   * @param shapes of all tensors of the graph
   * @param devices how many devices there are
   */
  public static Stage on(
      ModelGraph graph, List<TensorShape> shapes, Block block, DeviceId device, int devices) {
    List<List<Slice>> outputs = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      outputs.add(
          i != device.index()
              ? List.of()
              : block.outputs(graph).stream()
                  .map(tensor -> Slice.whole(tensor, shapes.get(tensor.index())))
                  .toList());
    }
    return new Stage(block, outputs);
  }

  /**
   * Returns a stage of horizontal strips.
   *
   * @param shapes of all tensors of the graph
   * @param rows per device, disjoint ranges that cover the rows of the block's reference; other
   *     outputs are divided in proportion, at rounded boundaries
   */
  public static Stage rows(
      ModelGraph graph, List<TensorShape> shapes, Block block, List<Range> rows) {
    return along(Axis.ROWS, graph, shapes, block, rows);
  }

  /**
   * Returns a stage of channel ranges over whole maps.
   *
   * @param shapes of all tensors of the graph
   * @param channels per device, disjoint ranges that cover the channels of the block's output with
   *     the most channels, the last of these; other outputs are divided in proportion
   */
  public static Stage channels(
      ModelGraph graph, List<TensorShape> shapes, Block block, List<Range> channels) {
    return along(Axis.CHANNELS, graph, shapes, block, channels);
  }

  private static Stage along(
      Axis axis, ModelGraph graph, List<TensorShape> shapes, Block block, List<Range> ranges) {
    List<TensorId> tensors = block.outputs(graph);
    return new Stage(
        block, ranges.stream().map(range -> OutputShare.of(axis, tensors, shapes, range)).toList());
  }

  /**
   * Returns the rows of the block's reference that a device computes, their hull if there are
   * several slices.
   */
  public Range rows(DeviceId device) {
    return reference()
        .map(tensor -> hull(outputs.get(device.index()), tensor).rows())
        .orElse(Range.EMPTY);
  }

  /**
   * Returns the output with the most rows, the last of these; empty if nobody computes anything.
   */
  public Optional<TensorId> reference() {
    TreeMap<TensorId, Range> rows = new TreeMap<>(Comparator.reverseOrder());
    for (List<Slice> slices : outputs) {
      slices.forEach(slice -> rows.merge(slice.tensor(), slice.rows(), Range::hull));
    }
    TensorId most = null;
    for (TensorId tensor : rows.keySet()) {
      if (most == null || rows.get(tensor).size() > rows.get(most).size()) {
        most = tensor;
      }
    }
    return Optional.ofNullable(most);
  }

  private static Region hull(List<Slice> slices, TensorId tensor) {
    return slices.stream()
        .filter(slice -> slice.tensor().equals(tensor))
        .map(Slice::region)
        .reduce(Region.EMPTY, Region::hull);
  }

  /**
   * Returns the tiles that a device computes one after the other, none if it idles: the first slice
   * of every tensor makes the first tile, the second of every tensor the next, and so on.
   */
  public List<List<Slice>> tiles(DeviceId device) {
    List<Slice> slices = outputs.get(device.index());
    if (slices.size() <= 1) {
      return slices.isEmpty() ? List.of() : List.of(slices);
    }
    List<List<Slice>> tiles = new ArrayList<>();
    for (Slice slice : slices) {
      tiles.stream()
          .filter(tile -> tile.stream().noneMatch(it -> it.tensor().equals(slice.tensor())))
          .findFirst()
          .orElseGet(
              () -> {
                tiles.add(new ArrayList<>());
                return tiles.get(tiles.size() - 1);
              })
          .add(slice);
    }
    return tiles;
  }

  /** Tells whether a device has several tiles. */
  public boolean inParts() {
    return IntStream.range(0, outputs.size()).anyMatch(i -> tiles(new DeviceId(i)).size() > 1);
  }

  /** Returns the devices that compute, ascending. */
  public List<DeviceId> computing() {
    List<DeviceId> devices = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      if (!outputs.get(i).isEmpty() || !summed(new DeviceId(i)).isEmpty()) {
        devices.add(new DeviceId(i));
      }
    }
    return devices;
  }

  /** Returns the only device that computes, if there is just one. */
  public Optional<DeviceId> soleDevice() {
    List<DeviceId> devices = computing();
    return devices.size() == 1 ? Optional.of(devices.get(0)) : Optional.empty();
  }
}
