package org.edgeld.workbench.planfile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.results.MethodJson;

/**
 * A plan as a JSON file.
 *
 * <pre>{@code
 * {
 *   "format": "edgeld-plan", "version": 1,
 *   "model": "vgg16", "inputShape": [3, 224, 224],     channels, height, width
 *   "devices": 4, "head": "A", "routing": "peer",      which way slices travel
 *   "madeBy": {"strategy": "ocbp", "options": {}, "fusion": "layer", "poolsOnHead": false,
 *              "routing": "peer", "headRole": "worker", "overlap": "auto"},
 *   "stages": [{
 *     "layers": ["conv1_1", "conv1_2"],                every layer of the model once, in order
 *     "outputs": [{
 *       "device": "A", "tensor": "conv1_2",            of whose output it computes
 *       "channels": [0, 64], "rows": [0, 112], "columns": [0, 224]   half-open
 *     }, …],
 *     "sums": [{"device": "A", "channels": [0, 32]}, …]   only if divided by input channels: those
 *   }, …]                                              it sums over; outputs say who adds up what
 * }
 * }</pre>
 *
 * All fields but {@code sums} are needed, and no others are allowed.
 */
public final class PlanFile {
  /** What the field {@code format} says. */
  public static final String FORMAT = "edgeld-plan";

  static final int VERSION = 1;

  private PlanFile() {}

  /** Writes a plan to a file, replacing it as a whole. */
  public static void write(Path file, String model, SavedPlan saved) throws IOException {
    JsonFile.write(file, of(model, saved));
  }

  /**
   * Reads a plan.
   *
   * @param model id of the model it shall be for
   * @param graph the model
   * @throws JsonDefectException with a sentence that names file and field
   */
  public static SavedPlan read(Path file, String model, ModelGraph graph)
      throws JsonDefectException {
    return new PlanReader(model, graph).read(JsonDocument.read(file, "plan"));
  }

  /** Returns a plan as JSON. */
  static ObjectNode of(String model, SavedPlan saved) {
    Plan plan = saved.plan();
    TensorShape input = plan.graph().input();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("model", model);
    json.putArray("inputShape").add(input.channels()).add(input.height()).add(input.width());
    json.put("devices", plan.devices());
    json.put("head", plan.head().letter());
    json.put("routing", plan.routing().id());
    ObjectNode made = MethodJson.of(saved.method());
    made.remove(MethodJson.PRECISION); // who computes what says nothing of how it travels
    json.set("madeBy", made);
    ArrayNode stages = json.putArray("stages");
    plan.stages().forEach(stage -> stages.add(stage(plan.graph(), stage)));
    return json;
  }

  private static ObjectNode stage(ModelGraph graph, Stage stage) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode layers = json.putArray("layers");
    for (int i = stage.block().layerStart(); i < stage.block().layerEnd(); i++) {
      layers.add(graph.layers().get(i).name());
    }
    ArrayNode outputs = json.putArray("outputs");
    for (int d = 0; d < stage.outputs().size(); d++) {
      for (Slice slice : stage.outputs().get(d)) {
        ObjectNode output = outputs.addObject();
        output.put("device", new DeviceId(d).letter());
        output.put("tensor", graph.producer(slice.tensor()).name());
        pair(output, "channels", slice.channels());
        pair(output, "rows", slice.rows());
        pair(output, "columns", slice.columns());
      }
    }
    if (stage.sums()) {
      ArrayNode sums = json.putArray("sums");
      for (DeviceId device : stage.summing()) {
        pair(sums.addObject().put("device", device.letter()), "channels", stage.summed(device));
      }
    }
    return json;
  }

  private static void pair(ObjectNode json, String field, Range range) {
    json.putArray(field).add(range.start()).add(range.end());
  }
}
