package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.refine.TimedSteps;

/** A plan as JSON: what was asked for, and which rows of which layers each device computes. */
public final class PlanJson {
  private PlanJson() {}

  /**
   * Returns the plan as a JSON object.
   *
   * @param model id of the model
   * @param deviceNames in the order of device ids
   */
  public static ObjectNode of(String model, List<String> deviceNames, PlannedRun planned) {
    ObjectNode json = place(model, deviceNames, planned.request());
    json.setAll(MethodJson.of(planned.request().method()));
    figures(json, planned);
    json.set("stages", stages(planned));
    return json;
  }

  /** Returns what is divided over which devices. */
  static ObjectNode place(String model, List<String> deviceNames, PlanRequest request) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model);
    json.put("inputSize", request.graph().input().height());
    ArrayNode devices = json.putArray("devices");
    deviceNames.forEach(devices::add);
    json.put("head", deviceNames.get(request.head().index()));
    return json;
  }

  /** Adds what a plan is expected to cost. */
  static void figures(ObjectNode json, PlannedRun planned) {
    json.put("predictedMs", planned.prediction().latencyNanos() / 1e6);
    TimedSteps steps = TimedSteps.of(planned);
    json.put("steps", steps.all());
    json.put("timedSteps", steps.timed());
    json.put("framesPerSecond", 1e9 / planned.nanosPerFrame());
    json.put("lowerBoundMs", planned.lowerBoundNanos() / 1e6);
    json.put("gapPercent", 100 * planned.gap());
    json.put("mostFramesPerSecond", planned.mostFramesPerSecond());
    json.put("throughputGapPercent", 100 * planned.throughputGap());
    json.put("bytesMoved", planned.bytesMoved());
    json.put("blocksInParts", planned.plan().blocksInParts());
    ArrayNode memory = json.putArray("memoryBytes");
    planned.memoryBytes().forEach(memory::add);
  }

  /**
   * Returns the stages: per block its layers and per working device {@code rows} of the block's
   * reference, {@code layerRows} that it computes of every layer, halos included, and what it
   * yields and takes as {@code outputs} and {@code inputs}; ranges are half-open pairs. Where a
   * device computes several tiles, rows are hulls, and outputs and inputs those of every tile.
   * Where a layer is divided by its input channels, {@code inputs} are those of the device's
   * partial sum, {@code summed} its input channels, and {@code outputs} what it adds up.
   */
  public static ArrayNode stages(PlannedRun planned) {
    ModelGraph graph = planned.request().graph();
    List<TensorShape> shapes = graph.shapes();
    ArrayNode stages = JsonNodeFactory.instance.arrayNode();
    for (Stage stage : planned.plan().stages()) {
      ObjectNode json = stages.addObject();
      json.put("block", stage.block().label(graph));
      ArrayNode layers = json.putArray("layers");
      for (int i = stage.block().layerStart(); i < stage.block().layerEnd(); i++) {
        layers.add(graph.layers().get(i).name());
      }
      json.put("height", stage.reference().map(id -> shapes.get(id.index()).height()).orElse(0));
      ArrayNode devices = json.putArray("devices");
      for (DeviceId id : stage.computing()) {
        ObjectNode device = devices.addObject();
        if (stage.sums()) {
          sums(device, graph, stage, id);
          continue;
        }
        List<BlockTile> tiles =
            stage.tiles(id).stream()
                .map(outputs -> BlockTile.of(graph, shapes, stage.block(), outputs))
                .toList();
        device.put("device", id.letter());
        device.set("rows", pair(stage.rows(id)));
        device.set("outputs", slices(graph, tiles, BlockTile::outputs));
        device.set("inputs", slices(graph, tiles, BlockTile::inputs));
        ArrayNode layerRows = device.putArray("layerRows");
        for (int layer = stage.block().layerStart(); layer < stage.block().layerEnd(); layer++) {
          layerRows.add(pair(rows(tiles, layer)));
        }
        device.put("flops", tiles.stream().mapToLong(tile -> tile.flops(graph, shapes)).sum());
      }
    }
    return stages;
  }

  private static void sums(ObjectNode device, ModelGraph graph, Stage stage, DeviceId id) {
    List<TensorShape> shapes = graph.shapes();
    BlockTile sum = stage.partialSum(graph, shapes, id);
    BlockTile added = stage.combination(graph, id);
    device.put("device", id.letter());
    device.set("summed", pair(stage.summed(id)));
    device.set("rows", pair(stage.rows(id)));
    List<BlockTile> adding = added.isEmpty() ? List.of() : List.of(added);
    device.set("outputs", slices(graph, adding, BlockTile::outputs));
    device.set("inputs", slices(graph, List.of(sum), BlockTile::inputs));
    device
        .putArray("layerRows")
        .add(pair(sum.isEmpty() ? Range.EMPTY : sum.layers().get(0).rows()));
    device.put("flops", sum.flops(graph, shapes) + added.flops(graph, shapes));
  }

  private static Range rows(List<BlockTile> tiles, int layer) {
    return tiles.stream()
        .map(tile -> tile.region(layer))
        .filter(region -> !region.isEmpty())
        .map(Region::rows)
        .reduce(Range.EMPTY, Range::hull);
  }

  private static ArrayNode slices(
      ModelGraph graph, List<BlockTile> tiles, Function<BlockTile, List<Slice>> part) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Slice slice : tiles.stream().map(part).flatMap(List::stream).toList()) {
      ObjectNode json = array.addObject();
      json.put(
          "tensor", slice.tensor().isInput() ? "input" : graph.producer(slice.tensor()).name());
      json.set("channels", pair(slice.channels()));
      json.set("rows", pair(slice.rows()));
      json.set("columns", pair(slice.columns()));
    }
    return array;
  }

  private static ArrayNode pair(Range range) {
    return JsonNodeFactory.instance.arrayNode().add(range.start()).add(range.end());
  }
}
