package org.edgeld.workbench.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param layers strips per layer of the block, ordered by rows; without the devices that compute
 *     nothing of the layer
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
    Map<DeviceId, BlockTile> tiles = new LinkedHashMap<>();
    stage.computing().stream()
        .sorted(Comparator.comparingInt(device -> stage.rows(device).start()))
        .forEach(
            device ->
                tiles.put(
                    device,
                    BlockTile.of(graph, shapes, block, stage.outputs().get(device.index()))));
    List<List<Strip>> layers = new ArrayList<>();
    long flops = 0;
    for (int layer = block.layerStart(); layer < block.layerEnd(); layer++) {
      int height = shapes.get(layer + 1).height();
      flops += OperatorCost.flops(graph, shapes, layer, height);
      layers.add(strips(tiles, layer, height));
    }
    long computed = tiles.values().stream().mapToLong(tile -> tile.flops(graph, shapes)).sum();
    return new StagePicture(index, stage, layers, flops, computed);
  }

  private static List<Strip> strips(Map<DeviceId, BlockTile> tiles, int layer, int height) {
    List<DeviceId> devices =
        tiles.keySet().stream()
            .filter(device -> !tiles.get(device).region(layer).isEmpty())
            .toList();
    List<Strip> strips = new ArrayList<>();
    int from = 0;
    for (int k = 0; k < devices.size(); k++) {
      Range computed = tiles.get(devices.get(k)).region(layer).rows();
      int to = height;
      if (k + 1 < devices.size()) {
        Range next = tiles.get(devices.get(k + 1)).region(layer).rows();
        to = Math.max(from, Math.min(height, (computed.end() + next.start() + 1) / 2));
      }
      strips.add(new Strip(devices.get(k), new Range(from, to), computed));
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
    return stage.computing().size() > 1;
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
