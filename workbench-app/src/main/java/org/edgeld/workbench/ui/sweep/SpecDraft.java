package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Overlap;

/**
 * A form as the specification that a researcher would write, and back. What is no number is left as
 * it was typed, so that the reader of specifications says what is wrong with it.
 */
final class SpecDraft {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SEPARATOR = ", ";
  private static final String IN_FLIGHT = "/";
  private static final String PER_DEVICE = "/";

  private SpecDraft() {}

  /** Returns a form as JSON. */
  static ObjectNode of(SweepForm form) {
    ObjectNode json = JSON.objectNode();
    if (!form.text(SpecField.NAME).get().isBlank()) {
      json.put(SpecField.NAME.key(), form.text(SpecField.NAME).get().strip());
    }
    ArrayNode models = json.putArray(SpecField.MODELS.key());
    form.models().stream()
        .filter(model -> model.option().chosenProperty().get())
        .forEach(model -> models.add(of(model)));
    json.set(SpecField.DEVICES.key(), values(form.text(SpecField.DEVICES).get()));
    if (form.onAgentsProperty().get()) {
      ArrayNode agents = json.putArray(SpecField.AGENTS.key());
      words(form.text(SpecField.AGENTS).get()).forEach(agents::add);
    } else {
      list(json, form, SpecField.CPU_SHARES);
      list(json, form, SpecField.LINK_MBPS);
      single(json, form, SpecField.LINK_DELAY);
    }
    ArrayNode strategies = json.putArray(SpecField.STRATEGIES.key());
    chosen(form.strategies()).forEach(strategies::add);
    form.ownMethods().forEach(strategies::add);
    ArrayNode fusions = json.putArray(SpecField.FUSION.key());
    chosen(form.fusions()).forEach(fusions::add);
    words(form.depthsProperty().get()).forEach(fusions::add);
    ArrayNode routings = json.putArray(SpecField.ROUTING.key());
    chosen(form.routings()).forEach(routings::add);
    ArrayNode overlaps = json.putArray(SpecField.OVERLAP.key());
    chosen(form.overlaps()).forEach(overlaps::add);
    ArrayNode precisions = json.putArray(SpecField.PRECISION.key());
    chosen(form.precisions()).forEach(precisions::add);
    json.put(SpecField.HEAD_ROLE.key(), form.headRoleProperty().get().id());
    if (form.poolsOnHeadProperty().get()) {
      json.put(SpecField.POOLS_ON_HEAD.key(), true);
    }
    batches(json, form.text(SpecField.BATCHES).get());
    Stream.of(
            SpecField.WARMUP,
            SpecField.REPEATS,
            SpecField.ROUNDS,
            SpecField.SEED,
            SpecField.COOL_DOWN,
            SpecField.TIME_LIMIT)
        .forEach(field -> single(json, form, field));
    json.put(SpecField.NOISE_FLOOR.key(), form.noiseFloorProperty().get());
    return json;
  }

  private static JsonNode of(ModelOption model) {
    String sizes = model.sizes().get();
    if (sizes.isBlank()) {
      return JSON.textNode(model.option().id());
    }
    ObjectNode json = JSON.objectNode().put("model", model.option().id());
    json.set("inputSizes", values(sizes));
    return json;
  }

  private static Stream<String> chosen(List<Option> options) {
    return options.stream().filter(option -> option.chosenProperty().get()).map(Option::id);
  }

  private static void list(ObjectNode json, SweepForm form, SpecField field) {
    if (!form.text(field).get().isBlank()) {
      json.set(field.key(), values(form.text(field).get()));
    }
  }

  private static void single(ObjectNode json, SweepForm form, SpecField field) {
    if (!form.text(field).get().isBlank()) {
      json.set(field.key(), value(form.text(field).get().strip()));
    }
  }

  private static void batches(ObjectNode json, String text) {
    if (text.isBlank()) {
      return;
    }
    ArrayNode batches = json.putArray(SpecField.BATCHES.key());
    for (String word : words(text)) {
      String[] parts = word.split(IN_FLIGHT, 2);
      ObjectNode batch = batches.addObject();
      batch.set("frames", value(parts[0].strip()));
      if (parts.length > 1) {
        batch.set("inFlight", value(parts[1].strip()));
      }
    }
  }

  /** Returns the words of a field; slashes hold one together. */
  static List<String> words(String text) {
    String held = text.replaceAll("\\s*" + PER_DEVICE + "\\s*", PER_DEVICE);
    return Stream.of(held.split("[,;\\s]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static ArrayNode values(String text) {
    ArrayNode array = JSON.arrayNode();
    for (String word : words(text)) {
      if (word.contains(PER_DEVICE)) {
        ArrayNode dealt = array.addArray();
        Stream.of(word.split(PER_DEVICE, -1)).forEach(each -> dealt.add(value(each)));
      } else {
        array.add(value(word));
      }
    }
    return array;
  }

  private static JsonNode value(String word) {
    try {
      long whole = Long.parseLong(word);
      return whole == (int) whole ? JSON.numberNode((int) whole) : JSON.numberNode(whole);
    } catch (NumberFormatException e) {
      return word.matches("[+-]?\\d*\\.?\\d+([eE][+-]?\\d+)?")
          ? JSON.numberNode(Double.parseDouble(word))
          : JSON.textNode(word);
    }
  }

  /**
   * Fills a form with a specification that was read without complaint.
   *
   * @return whether the form can say all of it; else it is not what the file says
   */
  static boolean fill(SweepForm form, ObjectNode whole) {
    ObjectNode json = whole.deepCopy();
    if (json.has("grids")) {
      if (json.get("grids").size() != 1) {
        return false;
      }
      ObjectNode grid = (ObjectNode) json.remove("grids").get(0);
      json.setAll(grid);
    }
    for (SpecField field : SweepForm.TYPED) {
      form.text(field).set(json.has(field.key()) ? text(field, json.get(field.key())) : "");
    }
    form.onAgentsProperty().set(json.has(SpecField.AGENTS.key()));
    String common = json.has("inputSizes") ? joined(json.get("inputSizes")) : "";
    form.models().forEach(model -> model.option().chosenProperty().set(false));
    for (JsonNode model : json.get(SpecField.MODELS.key())) {
      fill(form, model, common);
    }
    List<String> strategies = new ArrayList<>();
    List<ObjectNode> own = new ArrayList<>();
    for (JsonNode strategy : json.get(SpecField.STRATEGIES.key())) {
      if (strategy instanceof ObjectNode object) {
        own.add(object.deepCopy());
      } else {
        strategies.add(strategy.asText());
      }
    }
    choose(form.strategies(), strategies);
    form.ownMethods().setAll(own);
    List<String> fusions = texts(json, SpecField.FUSION, "between-pools");
    choose(form.fusions(), fusions);
    List<String> named = form.fusions().stream().map(Option::id).toList();
    form.depthsProperty()
        .set(String.join(SEPARATOR, fusions.stream().filter(f -> !named.contains(f)).toList()));
    choose(form.routings(), texts(json, SpecField.ROUTING, "peer"));
    choose(form.overlaps(), texts(json, SpecField.OVERLAP, Overlap.OFF.id()));
    choose(form.precisions(), texts(json, SpecField.PRECISION, Precision.FLOAT32.id()));
    String role = json.path(SpecField.HEAD_ROLE.key()).asText(HeadRole.WORKER.id());
    Stream.of(HeadRole.values())
        .filter(known -> known.id().equals(role))
        .forEach(form.headRoleProperty()::set);
    form.poolsOnHeadProperty().set(json.path(SpecField.POOLS_ON_HEAD.key()).asBoolean(false));
    form.noiseFloorProperty().set(json.path(SpecField.NOISE_FLOOR.key()).asBoolean(true));
    return true;
  }

  private static void fill(SweepForm form, JsonNode model, String common) {
    String name = model.isTextual() ? model.asText() : model.path("model").asText();
    String sizes = model.has("inputSizes") ? joined(model.get("inputSizes")) : common;
    ModelOption option = form.offer(name, name, "Named in a specification.", "");
    boolean again = option.option().chosenProperty().get();
    // a file that says everything names a network once for each size
    option.sizes().set(again ? option.sizes().get() + SEPARATOR + sizes : sizes);
    option.option().chosenProperty().set(true);
  }

  private static void choose(List<Option> options, List<String> ids) {
    options.forEach(option -> option.chosenProperty().set(ids.contains(option.id())));
  }

  private static List<String> texts(ObjectNode json, SpecField field, String standard) {
    if (!json.has(field.key())) {
      return List.of(standard);
    }
    List<String> texts = new ArrayList<>();
    json.get(field.key()).forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static String text(SpecField field, JsonNode value) {
    if (field == SpecField.BATCHES) {
      StringJoiner batches = new StringJoiner(SEPARATOR);
      for (JsonNode batch : value) {
        int inFlight = batch.path("inFlight").asInt(1);
        batches.add(batch.get("frames").asText() + (inFlight == 1 ? "" : IN_FLIGHT + inFlight));
      }
      return batches.toString();
    }
    return value.isArray() ? joined(value) : plain(value);
  }

  /** A file that says everything has 100.0 where a researcher writes 100. */
  private static String plain(JsonNode value) {
    return value.isDouble() && value.asDouble() == value.asLong()
        ? Long.toString(value.asLong())
        : value.asText();
  }

  private static String joined(JsonNode array) {
    StringJoiner joined = new StringJoiner(SEPARATOR);
    array.forEach(element -> joined.add(element.isArray() ? dealt(element) : plain(element)));
    return joined.toString();
  }

  private static String dealt(JsonNode array) {
    StringJoiner dealt = new StringJoiner(PER_DEVICE);
    array.forEach(element -> dealt.add(plain(element)));
    return dealt.toString();
  }
}
