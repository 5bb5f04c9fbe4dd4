package org.edgeld.workbench.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.edgeld.workbench.words.NearestName;

/**
 * The fields of a JSON object. Every field is to be there and to be asked for once; {@link #end}
 * refuses what nobody asked for. Errors name the field by its path, such as {@code
 * stages[2].layers[0]}.
 */
public final class JsonFields {
  private final String document;
  private final String path;
  private final JsonNode json;
  private final Set<String> asked = new HashSet<>();

  private JsonFields(String document, String path, JsonNode json) {
    this.document = document;
    this.path = path;
    this.json = json;
  }

  static JsonFields of(String document, JsonNode json) throws JsonDefectException {
    if (!json.isObject()) {
      throw new JsonDefectException(
          document + " does not begin with '{'. Maybe it is something else.");
    }
    return new JsonFields(document, "", json);
  }

  /** Returns an error about a field of this object. */
  public JsonDefectException problem(String field, String clause) {
    return defect(field, clause + ".");
  }

  /** Returns an error about a field of this object, with a way out. */
  public JsonDefectException problem(String field, String clause, String maybe) {
    return defect(field, "%s. Maybe %s.".formatted(clause, maybe));
  }

  /** Returns an error about a field of this object whose clause already is a whole sentence. */
  public JsonDefectException defect(String field, String sentence) {
    String whole = path + field;
    return new JsonDefectException("%s: %s %s".formatted(document, whole, sentence), whole);
  }

  /** Tells whether a field that may be left out is there. */
  public boolean has(String name) {
    asked.add(name);
    return json.has(name);
  }

  /** Tells whether a field that may be left out is there and not {@code null}. */
  public boolean hasValue(String name) {
    asked.add(name);
    return json.hasNonNull(name);
  }

  private JsonNode field(String name) throws JsonDefectException {
    asked.add(name);
    JsonNode value = json.get(name);
    if (value == null) {
      throw problem(name, "is missing", "the file is of another kind");
    }
    return value;
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  /** Returns a text. */
  public String text(String name) throws JsonDefectException {
    JsonNode value = field(name);
    if (!value.isTextual()) {
      throw problem(name, "(%s) is no text".formatted(shown(value)), "quotation marks are missing");
    }
    return value.asText();
  }

  /** Returns true or false. */
  public boolean flag(String name) throws JsonDefectException {
    JsonNode value = field(name);
    if (!value.isBoolean()) {
      throw problem(name, "(%s) is neither true nor false".formatted(shown(value)), "false");
    }
    return value.asBoolean();
  }

  /** Returns a whole number from {@code least} to {@code most}. */
  public int whole(String name, int least, int most) throws JsonDefectException {
    return whole(name, field(name), least, most);
  }

  private int whole(String name, JsonNode value, int least, int most) throws JsonDefectException {
    if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
      throw problem(
          name,
          "(%s) is no whole number from %d to %d".formatted(shown(value), least, most),
          Integer.toString(least));
    }
    return value.asInt();
  }

  /** Returns a whole number of at least {@code least}, of up to 63 bits. */
  public long wholeLong(String name, long least) throws JsonDefectException {
    return wholeLong(name, field(name), least);
  }

  private long wholeLong(String name, JsonNode value, long least) throws JsonDefectException {
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < least) {
      throw problem(
          name,
          "(%s) is no whole number of at least %d".formatted(shown(value), least),
          Long.toString(least));
    }
    return value.asLong();
  }

  /** Returns lists of whole numbers of at least {@code least}, {@code count} in each. */
  public List<List<Long>> wholeLongLists(String name, int count, long least)
      throws JsonDefectException {
    JsonNode values = list(name);
    List<List<Long>> lists = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String path = "%s[%d]".formatted(name, i);
      JsonNode list = values.get(i);
      if (!list.isArray() || list.size() != count) {
        throw problem(
            path,
            "(%s) is no list of %d numbers".formatted(shown(list), count),
            "a number is missing");
      }
      List<Long> numbers = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        numbers.add(wholeLong("%s[%d]".formatted(path, k), list.get(k), least));
      }
      lists.add(numbers);
    }
    return lists;
  }

  /** Returns a number from {@code least} to {@code most}. */
  public double number(String name, double least, double most) throws JsonDefectException {
    return number(name, field(name), least, most);
  }

  private double number(String name, JsonNode value, double least, double most)
      throws JsonDefectException {
    if (!value.isNumber() || !(value.asDouble() >= least && value.asDouble() <= most)) {
      throw problem(
          name,
          "(%s) is no number from %s to %s".formatted(shown(value), least, most),
          Double.toString(Math.max(0, least)));
    }
    return value.asDouble();
  }

  /** Returns whole numbers from {@code least} to {@code most}. */
  public List<Integer> wholes(String name, int count, int least, int most)
      throws JsonDefectException {
    JsonNode values = list(name);
    if (values.size() != count) {
      throw problem(
          name,
          "(%s) is no list of %d numbers".formatted(shown(values), count),
          "a number is missing");
    }
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(whole("%s[%d]".formatted(name, i), values.get(i), least, most));
    }
    return numbers;
  }

  /** Returns whole numbers from {@code least} to {@code most}, as many as there are. */
  public List<Integer> wholes(String name, int least, int most) throws JsonDefectException {
    return wholes(name, list(name).size(), least, most);
  }

  /** Returns numbers from {@code least} to {@code most}, as many as there are. */
  public List<Double> numbers(String name, double least, double most) throws JsonDefectException {
    JsonNode values = list(name);
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      numbers.add(number("%s[%d]".formatted(name, i), values.get(i), least, most));
    }
    return numbers;
  }

  /**
   * Returns numbers from {@code least} to {@code most}, as many as there are, in whose place lists
   * of such numbers may stand; each as a list.
   */
  public List<List<Double>> numbersOrLists(String name, double least, double most)
      throws JsonDefectException {
    JsonNode values = list(name);
    List<List<Double>> lists = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String element = "%s[%d]".formatted(name, i);
      JsonNode value = values.get(i);
      List<Double> numbers = new ArrayList<>();
      if (value.isArray()) {
        for (int k = 0; k < value.size(); k++) {
          numbers.add(number("%s[%d]".formatted(element, k), value.get(k), least, most));
        }
      } else {
        numbers.add(number(element, value, least, most));
      }
      lists.add(numbers);
    }
    return lists;
  }

  /**
   * An element of a list that is a text or an object.
   *
   * @param path of the element
   * @param text empty if it is an object
   * @param object empty if it is a text
   */
  public record TextOrObject(String path, Optional<String> text, Optional<JsonFields> object) {}

  /** Returns a list in which a text may stand for an object. */
  public List<TextOrObject> textsOrObjects(String name) throws JsonDefectException {
    JsonNode values = list(name);
    List<TextOrObject> elements = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String element = "%s[%d]".formatted(name, i);
      JsonNode value = values.get(i);
      if (!value.isTextual() && !value.isObject()) {
        throw problem(
            element,
            "(%s) is neither a text nor an object".formatted(shown(value)),
            "quotation marks are missing");
      }
      elements.add(
          value.isTextual()
              ? new TextOrObject(element, Optional.of(value.asText()), Optional.empty())
              : new TextOrObject(element, Optional.empty(), Optional.of(object(element, value))));
    }
    return elements;
  }

  /** Returns texts. */
  public List<String> texts(String name) throws JsonDefectException {
    JsonNode values = list(name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).isTextual()) {
        throw problem(
            "%s[%d]".formatted(name, i),
            "(%s) is no text".formatted(shown(values.get(i))),
            "quotation marks are missing");
      }
      texts.add(values.get(i).asText());
    }
    return texts;
  }

  /** Returns an object whose fields may have any name and are texts. */
  public Map<String, String> textByName(String name) throws JsonDefectException {
    JsonFields object = object(name);
    Map<String, String> texts = new LinkedHashMap<>();
    Iterator<String> names = object.json.fieldNames();
    while (names.hasNext()) {
      String key = names.next();
      texts.put(key, object.text(key));
    }
    return texts;
  }

  /** Returns an object. */
  public JsonFields object(String name) throws JsonDefectException {
    return object(name, field(name));
  }

  private JsonFields object(String name, JsonNode value) throws JsonDefectException {
    if (!value.isObject()) {
      throw problem(name, "(%s) is no object".formatted(shown(value)), "braces are missing");
    }
    return new JsonFields(document, path + name + ".", value);
  }

  /** Returns objects. */
  public List<JsonFields> objects(String name) throws JsonDefectException {
    JsonNode values = list(name);
    List<JsonFields> objects = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      objects.add(object("%s[%d]".formatted(name, i), values.get(i)));
    }
    return objects;
  }

  private JsonNode list(String name) throws JsonDefectException {
    JsonNode value = field(name);
    if (!value.isArray()) {
      throw problem(name, "(%s) is no list".formatted(shown(value)), "brackets are missing");
    }
    return value;
  }

  /**
   * Checks that there are no other fields than those asked for.
   *
   * @throws JsonDefectException naming the first that is not known
   */
  public void end() throws JsonDefectException {
    Iterator<String> names = json.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!asked.contains(name)) {
        String known = String.join(", ", new TreeSet<>(asked));
        throw problem(
            name,
            "is not known",
            NearestName.of(name, asked)
                .map(near -> "\"%s\". Allowed: %s".formatted(near, known))
                .orElse("one of " + known));
      }
    }
  }
}
