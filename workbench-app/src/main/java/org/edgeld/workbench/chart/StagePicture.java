package org.edgeld.workbench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.Stage;

/**
 * One fused block with the strips of all its layers.
 *
 * @param index position among the stages
 * @param stage the plan's stage
 * @param layers strips per layer of the block, ordered by rows
 * @param flops operations of the undivided block
 * @param computedFlops operations of all devices together, halos included
 */
public record StagePicture(
    int index, Stage stage, List<List<Strip>> layers, long flops, long computedFlops) {
  public StagePicture {
    layers = layers.stream().map(List::copyOf).toList();
  }

  static StagePicture of(ModelGraph graph, List<TensorShape> shapes, int index, Stage stage) {
    Block block = stage.block();
    List<DeviceId> devices = new ArrayList<>();
    List<BlockTile> tiles = new ArrayList<>();
    long computed = 0;
    for (int d = 0; d < stage.rows().size(); d++) {
      Range rows = stage.rows().get(d);
      if (!rows.isEmpty()) {
        devices.add(new DeviceId(d));
        tiles.add(BlockTile.of(graph, shapes, block, rows));
        computed += tiles.get(tiles.size() - 1).flops(graph, shapes);
      }
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      order.add(i);
    }
    order.sort((a, b) -> Integer.compare(start(stage, devices, a), start(stage, devices, b)));
    List<List<Strip>> layers = new ArrayList<>();
    long flops = 0;
    for (int j = 0; j < block.size(); j++) {
      int layer = block.layerStart() + j;
      int height = shapes.get(layer + 1).height();
      flops += OperatorCost.flops(graph, shapes, layer, height);
      layers.add(strips(devices, tiles, order, j, height));
    }
    return new StagePicture(index, stage, layers, flops, computed);
  }

  private static int start(Stage stage, List<DeviceId> devices, int i) {
    return stage.rows(devices.get(i)).start();
  }

  private static List<Strip> strips(
      List<DeviceId> devices, List<BlockTile> tiles, List<Integer> order, int j, int height) {
    List<Strip> strips = new ArrayList<>();
    int from = 0;
    for (int k = 0; k < order.size(); k++) {
      Range computed = tiles.get(order.get(k)).layerRows().get(j);
      int to = height;
      if (k + 1 < order.size()) {
        Range next = tiles.get(order.get(k + 1)).layerRows().get(j);
        to = Math.max(from, Math.min(height, (computed.end() + next.start() + 1) / 2));
      }
      strips.add(new Strip(devices.get(order.get(k)), new Range(from, to), computed));
      from = to;
    }
    return strips;
  }

  /** Returns the caption of the block: B1, B2, … */
  public String tag() {
    return "B" + (index + 1);
  }

  /** Tells whether more than one device computes. */
  public boolean split() {
    return layers.get(0).size() > 1;
  }

  /** Returns the work done more than once over the work of the undivided block. */
  public double redundancy() {
    return flops == 0 ? 0 : Math.max(0, computedFlops / (double) flops - 1);
  }

  /** Returns the strip of a device in a layer of the block. */
  public Optional<Strip> strip(int layerInBlock, DeviceId device) {
    return layers.get(layerInBlock).stream()
        .filter(strip -> strip.device().equals(device))
        .findFirst();
  }
}
