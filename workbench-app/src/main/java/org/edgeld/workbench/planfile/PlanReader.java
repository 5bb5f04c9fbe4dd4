package org.edgeld.workbench.planfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.PlanValidator;
import org.edgeld.workbench.results.MethodJson;
import org.edgeld.workbench.words.NearestName;

/** Reads the fields of a plan and checks them against the model. */
final class PlanReader {
  private static final int MOST_DEVICES = 1024;

  private final String model;
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final List<String> names;

  PlanReader(String model, ModelGraph graph) {
    this.model = model;
    this.graph = graph;
    this.shapes = graph.shapes();
    this.names = graph.layers().stream().map(layer -> layer.name()).toList();
  }

  SavedPlan read(JsonFields json) throws JsonDefectException {
    kind(json);
    int devices = json.whole("devices", 1, MOST_DEVICES);
    DeviceId head = device(json, "head", devices);
    Routing routing = MethodJson.ROUTINGS.read(json, MethodJson.ROUTING);
    List<JsonFields> parts = json.objects("stages");
    List<Stage> stages = new ArrayList<>();
    int layer = 0;
    for (JsonFields part : parts) {
      Stage stage = stage(part, layer, devices);
      stages.add(stage);
      layer = stage.block().layerEnd();
    }
    if (layer < names.size()) {
      throw json.problem(
          "stages",
          "end before " + names.get(layer) + ", layer %d of %d".formatted(layer + 1, names.size()),
          "a stage is missing");
    }
    Plan plan = new Plan(graph, devices, head, routing, stages);
    cover(plan, json);
    JsonFields made = json.object("madeBy");
    SavedPlan saved = new SavedPlan(plan, MethodJson.read(made));
    made.end();
    json.end();
    return saved;
  }

  private void kind(JsonFields json) throws JsonDefectException {
    if (!json.text("format").equals(PlanFile.FORMAT)) {
      throw json.problem(
          "format",
          "(%s) is not %s".formatted(json.text("format"), PlanFile.FORMAT),
          "it is a result; plans are saved with plan --save or Ctrl+S");
    }
    json.whole("version", PlanFile.VERSION, PlanFile.VERSION);
    String wanted = json.text("model");
    if (!wanted.equals(model)) {
      throw json.problem(
          "model", "(%s) is not %s".formatted(wanted, model), "choose the model " + wanted);
    }
    TensorShape input = graph.input();
    List<Integer> shape = json.wholes("inputShape", 3, 1, Integer.MAX_VALUE);
    if (!shape.equals(List.of(input.channels(), input.height(), input.width()))) {
      throw json.problem(
          "inputShape",
          "(%s) is not the model's %s".formatted(shape, input),
          "choose another input size");
    }
  }

  private static DeviceId device(JsonFields json, String field, int devices)
      throws JsonDefectException {
    return choice(
        json,
        field,
        IntStream.range(0, devices).mapToObj(DeviceId::new).toList(),
        DeviceId::letter);
  }

  private static <T> T choice(
      JsonFields json, String field, List<T> choices, Function<T, String> id)
      throws JsonDefectException {
    String text = json.text(field);
    for (T choice : choices) {
      if (id.apply(choice).equals(text)) {
        return choice;
      }
    }
    List<String> known = choices.stream().map(id).toList();
    throw json.problem(field, "(%s) is not known".formatted(text), near(text, known));
  }

  private static String near(String text, List<String> known) {
    String all = String.join(", ", known.subList(0, Math.min(12, known.size())));
    return NearestName.of(text, known).orElse("one of " + (known.size() > 12 ? all + ", …" : all));
  }

  private Stage stage(JsonFields json, int layerStart, int devices) throws JsonDefectException {
    List<String> layers = json.texts("layers");
    if (layers.isEmpty()) {
      throw json.problem("layers", "are empty", "leave the stage out");
    }
    for (int i = 0; i < layers.size(); i++) {
      int place = layerStart + i;
      String expected = place < names.size() ? names.get(place) : "the end of the model";
      if (!layers.get(i).equals(expected)) {
        throw json.problem(
            "layers[%d]".formatted(i),
            "(%s) should be %s".formatted(layers.get(i), expected),
            "the plan is for another network");
      }
    }
    Block block = new Block(layerStart, layerStart + layers.size());
    List<List<Slice>> outputs = new ArrayList<>();
    Stream.generate(() -> new ArrayList<Slice>()).limit(devices).forEach(outputs::add);
    for (JsonFields output : json.objects("outputs")) {
      DeviceId device = device(output, "device", devices);
      outputs.get(device.index()).add(slice(output, block));
      output.end();
    }
    List<Range> sums = json.has("sums") ? sums(json, block, devices) : List.of();
    json.end();
    return new Stage(block, outputs, sums);
  }

  private List<Range> sums(JsonFields json, Block block, int devices) throws JsonDefectException {
    int channels = ChannelSums.channels(graph, block);
    if (channels == 0) {
      throw json.problem(
          "sums",
          "are given for layers that do not sum over all input channels",
          "leave them out; only a linear layer or a convolution without groups, alone, has some");
    }
    List<Range> sums = new ArrayList<>(Collections.nCopies(devices, Range.EMPTY));
    for (JsonFields sum : json.objects("sums")) {
      int device = device(sum, "device", devices).index();
      if (!sums.get(device).isEmpty()) {
        throw sum.problem("device", "has two ranges of channels", "one of them is another's");
      }
      sums.set(device, range(sum, "channels", channels));
      sum.end();
    }
    return sums;
  }

  private Slice slice(JsonFields json, Block block) throws JsonDefectException {
    List<TensorId> yielded = block.outputs(graph);
    TensorId tensor = choice(json, "tensor", yielded, output -> graph.producer(output).name());
    TensorShape shape = shapes.get(tensor.index());
    Region region =
        new Region(
            range(json, "channels", shape.channels()),
            range(json, "rows", shape.height()),
            range(json, "columns", shape.width()));
    return new Slice(tensor, region);
  }

  private static Range range(JsonFields json, String field, int extent) throws JsonDefectException {
    List<Integer> pair = json.wholes(field, 2, 0, extent);
    if (pair.get(0) >= pair.get(1)) {
      throw json.problem(
          field,
          "(%s) is no half-open range".formatted(pair),
          "the second number, one past the end, is to be larger");
    }
    return new Range(pair.get(0), pair.get(1));
  }

  private static void cover(Plan plan, JsonFields json) throws JsonDefectException {
    PlanValidator validator = new PlanValidator();
    for (int i = 0; i < plan.stages().size(); i++) {
      try {
        validator.validate(plan, plan.stages().get(i));
      } catch (IllegalStateException e) {
        String message = e.getMessage();
        throw json.problem(
            "stages[%d].outputs".formatted(i),
            "do not cover what the block yields: "
                + message.substring(0, 1).toLowerCase(Locale.ROOT)
                + message.substring(1, message.length() - 1),
            "a boundary differs between two devices");
      }
    }
  }
}
