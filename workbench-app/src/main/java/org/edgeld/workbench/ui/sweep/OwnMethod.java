package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A method of a form that says more than the name of a strategy: an object among the {@code
 * strategies} of a specification. What is empty is not said, and so is as for the other methods.
 *
 * @param label its name in tables and charts
 * @param strategy id of the strategy
 * @param options chosen about the strategy, by name
 * @param fusion id of the fusion rule
 * @param routing id of the way that slices travel
 * @param precision id of how slices travel
 * @param headRole id of what the head does
 * @param further what else a file says of it, which stays as it is
 */
record OwnMethod(
    String label,
    String strategy,
    Map<String, String> options,
    String fusion,
    String routing,
    String precision,
    String headRole,
    ObjectNode further) {
  private static final String LABEL = "label";
  private static final String STRATEGY = "strategy";
  private static final String OPTIONS = "options";

  OwnMethod {
    options = Map.copyOf(options);
  }

  /** Returns a method of which only the strategy is chosen. */
  static OwnMethod of(String strategy) {
    return new OwnMethod(
        "", strategy, Map.of(), "", "", "", "", JsonNodeFactory.instance.objectNode());
  }

  /** Returns what an element of a specification says, which was read without complaint. */
  static OwnMethod of(ObjectNode element) {
    ObjectNode rest = element.deepCopy();
    Map<String, String> options = new TreeMap<>();
    rest.path(OPTIONS)
        .properties()
        .forEach(field -> options.put(field.getKey(), field.getValue().asText()));
    rest.remove(OPTIONS);
    return new OwnMethod(
        take(rest, LABEL),
        take(rest, STRATEGY),
        options,
        take(rest, SpecField.FUSION.key()),
        take(rest, SpecField.ROUTING.key()),
        take(rest, SpecField.PRECISION.key()),
        take(rest, SpecField.HEAD_ROLE.key()),
        rest);
  }

  private static String take(ObjectNode json, String key) {
    String text = json.path(key).asText("");
    json.remove(key);
    return text;
  }

  /** Returns the same without its name, for names must differ. */
  OwnMethod unnamed() {
    return new OwnMethod("", strategy, options, fusion, routing, precision, headRole, further);
  }

  /** Returns it as an element of a specification. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    put(json, LABEL, label.strip());
    json.put(STRATEGY, strategy);
    if (!options.isEmpty()) {
      new TreeMap<>(options).forEach(json.putObject(OPTIONS)::put);
    }
    put(json, SpecField.FUSION.key(), fusion);
    put(json, SpecField.ROUTING.key(), routing);
    put(json, SpecField.PRECISION.key(), precision);
    put(json, SpecField.HEAD_ROLE.key(), headRole);
    json.setAll(further);
    return json;
  }

  private static void put(ObjectNode json, String key, String text) {
    if (!text.isEmpty()) {
      json.put(key, text);
    }
  }

  /** Returns what it says beside strategy and name, in words; empty if nothing. */
  String words() {
    List<String> words = new ArrayList<>();
    new TreeMap<>(options).forEach((name, value) -> words.add(name + " " + value));
    add(words, "fusion ", fusion);
    add(words, "routing ", routing);
    add(words, "", precision);
    add(words, "head ", headRole);
    further
        .properties()
        .forEach(field -> words.add(field.getKey() + " " + field.getValue().asText()));
    return String.join(" · ", words);
  }

  private static void add(List<String> words, String before, String text) {
    if (!text.isEmpty()) {
      words.add(before + text);
    }
  }
}
