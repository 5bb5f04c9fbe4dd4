package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.edgeld.workbench.results.MethodJson;

/**
 * A method of a form that says more than the name of a strategy: an object among the {@code
 * strategies} of a specification. What is not said is as for the other methods.
 *
 * @param label its name in tables and charts; empty if it has none of its own
 * @param strategy id of the strategy
 * @param options chosen about the strategy, by name
 * @param choices ids of what it chooses itself of {@link #DIFFERING}
 * @param further what else a file says of it, which stays as it is
 */
record OwnMethod(
    String label,
    String strategy,
    Map<String, String> options,
    Map<SpecField, String> choices,
    ObjectNode further) {
  /** In what a method may differ from the others, in the order of a file. */
  static final List<SpecField> DIFFERING =
      List.of(
          SpecField.FUSION,
          SpecField.ROUTING,
          SpecField.OVERLAP,
          SpecField.PRECISION,
          SpecField.HEAD_ROLE);

  private static final String LABEL = "label";

  OwnMethod {
    options = Map.copyOf(options);
    choices = Map.copyOf(choices);
  }

  /** Returns a method of which only the strategy is chosen. */
  static OwnMethod of(String strategy) {
    return new OwnMethod("", strategy, Map.of(), Map.of(), JsonNodeFactory.instance.objectNode());
  }

  /** Returns what an element of a specification says, which was read without complaint. */
  static OwnMethod of(ObjectNode element) {
    ObjectNode rest = element.deepCopy();
    Map<String, String> options = new TreeMap<>();
    rest.path(MethodJson.OPTIONS)
        .properties()
        .forEach(field -> options.put(field.getKey(), field.getValue().asText()));
    rest.remove(MethodJson.OPTIONS);
    Map<SpecField, String> choices = new EnumMap<>(SpecField.class);
    for (SpecField field : DIFFERING) {
      if (rest.has(field.key())) {
        choices.put(field, take(rest, field.key()));
      }
    }
    return new OwnMethod(
        take(rest, LABEL), take(rest, MethodJson.STRATEGY), options, choices, rest);
  }

  private static String take(ObjectNode json, String key) {
    String text = json.path(key).asText("");
    json.remove(key);
    return text;
  }

  /** Returns the same without its name, for names must differ. */
  OwnMethod unnamed() {
    return new OwnMethod("", strategy, options, choices, further);
  }

  /** Returns what it chooses itself; empty: as for the other methods. */
  String choice(SpecField field) {
    return choices.getOrDefault(field, "");
  }

  /** Returns it as an element of a specification. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!label.isBlank()) {
      json.put(LABEL, label.strip());
    }
    json.put(MethodJson.STRATEGY, strategy);
    if (!options.isEmpty()) {
      json.set(MethodJson.OPTIONS, MethodJson.options(options));
    }
    for (SpecField field : DIFFERING) {
      if (choices.containsKey(field)) {
        json.put(field.key(), choices.get(field));
      }
    }
    json.setAll(further);
    return json;
  }

  /** Returns what it says beside strategy and name, in words; empty if nothing. */
  String words() {
    List<String> words = new ArrayList<>();
    new TreeMap<>(options).forEach((name, value) -> words.add(name + " " + value));
    for (SpecField field : DIFFERING) {
      if (choices.containsKey(field)) {
        words.add(before(field) + choices.get(field));
      }
    }
    further
        .properties()
        .forEach(field -> words.add(field.getKey() + " " + field.getValue().asText()));
    return String.join(" · ", words);
  }

  private static String before(SpecField field) {
    return switch (field) {
      case PRECISION -> "";
      case HEAD_ROLE -> "head ";
      default -> field.key() + " ";
    };
  }
}
