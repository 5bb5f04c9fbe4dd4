package org.edgeld.workbench.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;

/**
 * What planning asks of a model again and again: shapes, what a block yields, the tiles of its
 * strips. Answers are kept, so asking twice is cheap. Not thread-safe.
 */
public final class ModelGeometry {
  /**
   * Share of a block's work from which on computing half of its rows does not pay: the rest of the
   * block is work that every device would do again.
   */
  public static final double SERIAL_SHARE = 0.9;

  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final List<Integer> cuts;
  private final Map<Block, List<TensorId>> inputs = new HashMap<>();
  private final Map<Block, List<TensorId>> outputs = new HashMap<>();
  private final Map<Block, Boolean> splits = new HashMap<>();
  private final Map<Strip, BlockTile> tiles = new HashMap<>();
  private final Map<Block, BlockRows> rows = new HashMap<>();
  private final RowReach reach;

  private final Map<Wanted, Propagation> propagations = new HashMap<>();

  private record Strip(Block block, Axis axis, Range range) {}

  private record Wanted(int layerEnd, List<Slice> outputs) {}

  public ModelGeometry(ModelGraph graph) {
    this.graph = graph;
    this.shapes = graph.shapes();
    this.cuts = graph.cuts();
    this.reach = new RowReach(graph, shapes);
  }

  /** Returns the model. */
  public ModelGraph graph() {
    return graph;
  }

  /** Returns the shapes of all tensors. */
  public List<TensorShape> shapes() {
    return shapes;
  }

  /** Returns the shape of a tensor. */
  public TensorShape shape(TensorId tensor) {
    return shapes.get(tensor.index());
  }

  /** Returns the model's cuts, ascending. */
  public List<Integer> cuts() {
    return cuts;
  }

  /** Returns the whole model as blocks that end where an output of the model lies on a cut. */
  public List<Block> undivided() {
    List<Block> whole = new ArrayList<>();
    int start = 0;
    for (int end : cuts) {
      if (end > start && end < graph.layers().size() && isOutput(end)) {
        whole.add(new Block(start, end));
        start = end;
      }
    }
    whole.add(new Block(start, graph.layers().size()));
    return whole;
  }

  private boolean isOutput(int tensor) {
    return graph.outputs().stream().anyMatch(output -> output.index() == tensor);
  }

  /** Returns the tensors that a block reads, ascending. */
  public List<TensorId> inputs(Block block) {
    return inputs.computeIfAbsent(block, key -> key.inputs(graph));
  }

  /** Returns the tensors that a block yields, ascending. */
  public List<TensorId> outputs(Block block) {
    return outputs.computeIfAbsent(block, key -> key.outputs(graph));
  }

  /** Returns the output of a block in whose rows its strips are counted ({@link Stage}). */
  public Optional<TensorId> reference(Block block) {
    List<TensorId> yielded = outputs(block);
    return yielded.isEmpty()
        ? Optional.empty()
        : Optional.of(OutputShare.reference(Axis.ROWS, yielded, shapes));
  }

  /** Returns the rows of a block's reference, 0 if the block yields nothing. */
  public int height(Block block) {
    return reference(block).map(tensor -> shape(tensor).height()).orElse(0);
  }

  /** Returns the largest extent of a block's outputs along an axis; a block yields something. */
  public int extent(Block block, Axis axis) {
    return shape(OutputShare.reference(axis, outputs(block), shapes)).extent(axis);
  }

  /** Returns what computing a strip of a block takes. */
  public BlockTile tile(Block block, Range rows) {
    return tile(block, Axis.ROWS, rows);
  }

  /**
   * Returns what computing a part of a block's outputs takes.
   *
   * @param range of the output that is largest along the axis; of the others the same share
   */
  public BlockTile tile(Block block, Axis axis, Range range) {
    return tiles.computeIfAbsent(
        new Strip(block, axis, range),
        key -> tile(block, OutputShare.of(axis, outputs(block), shapes, range)));
  }

  /**
   * Returns what computing slices of a block's outputs takes.
   *
   * @param outputs of tensors that the block makes
   */
  public BlockTile tile(Block block, List<Slice> outputs) {
    if (!makes(block, outputs)) {
      return BlockTile.of(graph, shapes, block, outputs);
    }
    Propagation known = propagations.get(new Wanted(block.layerEnd(), outputs));
    if (known == null) {
      known = new Propagation(graph, shapes, block.layerEnd(), outputs);
      propagations.put(new Wanted(block.layerEnd(), known.outputs()), known);
    }
    return known.from(block.layerStart());
  }

  /** Tells whether a block makes slices, none of them a partial sum. */
  private static boolean makes(Block block, List<Slice> slices) {
    for (Slice slice : slices) {
      if (!block.makes(slice.tensor()) || slice.tensor().isPartial()) {
        return false;
      }
    }
    return true;
  }

  /** Returns what a step takes. */
  public BlockTile tile(Step.Compute step) {
    return step.combines() ? step.tile(graph, shapes) : tile(step.block(), step.outputs());
  }

  /** Returns the strips of a block that yields something, as rows only. */
  public BlockRows rows(Block block) {
    return rows.computeIfAbsent(
        block, key -> reach.of(key, inputs(key), outputs(key), reference(key).orElseThrow()));
  }

  /** Returns a stage of horizontal strips, given as rows of the block's reference. */
  public Stage stage(Block block, List<Range> rows) {
    List<List<Slice>> slices = rows.stream().map(strip -> tile(block, strip).outputs()).toList();
    return new Stage(block, slices);
  }

  /** Returns a stage that one device computes alone. */
  public Stage alone(Block block, DeviceId device, int devices) {
    Range whole = Range.upTo(height(block));
    return stage(
        block,
        IntStream.range(0, devices)
            .mapToObj(i -> i == device.index() ? whole : Range.EMPTY)
            .toList());
  }

  /**
   * Tells whether dividing a block by rows pays: it has at least two, and half of them take less
   * than {@link #SERIAL_SHARE} of the block's work, which is its operations plus the elements it
   * makes. A plan may divide any block all the same; this decides what is tried.
   */
  public boolean splits(Block block) {
    return splits.computeIfAbsent(
        block,
        key -> {
          int height = height(key);
          return height >= 2
              && work(tile(key, Range.upTo(height / 2)))
                  < SERIAL_SHARE * work(tile(key, Range.upTo(height)));
        });
  }

  /** Returns a tile's operations plus the elements it makes, a rough measure of its work. */
  public double work(BlockTile tile) {
    return tile.flops(graph, shapes)
        + tile.layers().stream().mapToDouble(region -> region.elements()).sum();
  }
}
