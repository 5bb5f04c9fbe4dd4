package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;

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
    PlanRequest request = planned.request();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model);
    json.put("inputSize", request.graph().input().height());
    ArrayNode devices = json.putArray("devices");
    deviceNames.forEach(devices::add);
    json.put("head", deviceNames.get(request.head().index()));
    json.put("headRole", request.headRole().id());
    json.put("strategy", request.strategy());
    json.put("fusion", request.fusion());
    json.put("poolsOnHead", request.poolsOnHead());
    json.put("routing", request.routing().id());
    json.put("predictedMs", planned.prediction().latencyNanos() / 1e6);
    json.put("bytesMoved", planned.programs().bytesMoved());
    ArrayNode memory = json.putArray("memoryBytes");
    planned.memoryBytes().forEach(memory::add);
    json.set("stages", stages(planned));
    return json;
  }

  /**
   * Returns the stages: per block its layers and per working device {@code rows} of the block's
   * output and {@code layerRows} that it computes of every layer, halos included; ranges are
   * half-open pairs.
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
      json.put("height", shapes.get(stage.block().output().index()).height());
      ArrayNode devices = json.putArray("devices");
      for (int d = 0; d < stage.rows().size(); d++) {
        Range rows = stage.rows().get(d);
        if (!rows.isEmpty()) {
          BlockTile tile = BlockTile.of(graph, shapes, stage.block(), rows);
          ObjectNode device = devices.addObject();
          device.put("device", new DeviceId(d).letter());
          device.set("rows", pair(rows));
          device.set("inputRows", pair(tile.inputRows()));
          ArrayNode layerRows = device.putArray("layerRows");
          tile.layerRows().forEach(range -> layerRows.add(pair(range)));
          device.put("flops", tile.flops(graph, shapes));
        }
      }
    }
    return stages;
  }

  private static ArrayNode pair(Range range) {
    return JsonNodeFactory.instance.arrayNode().add(range.start()).add(range.end());
  }
}
