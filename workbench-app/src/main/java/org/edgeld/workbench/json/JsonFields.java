package org.edgeld.workbench.json;

import com.fasterxml.jackson.databind.JsonNode;
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

  private JsonValue value(String name) throws JsonDefectException {
    asked.add(name);
    JsonNode value = json.get(name);
    if (value == null) {
      throw problem(name, "is missing", "the file is of another kind");
    }
    return new JsonValue(this, name, value);
  }

  /** Returns an object in this one. */
  JsonFields inner(String name, JsonNode value) {
    return new JsonFields(document, path + name + ".", value);
  }

  /** Returns a text. */
  public String text(String name) throws JsonDefectException {
    return value(name).text();
  }

  /** Returns true or false. */
  public boolean flag(String name) throws JsonDefectException {
    return value(name).flag();
  }

  /** Returns a whole number from {@code least} to {@code most}. */
  public int whole(String name, int least, int most) throws JsonDefectException {
    return value(name).whole(least, most);
  }

  /** Returns a whole number of at least {@code least}, of up to 63 bits. */
  public long wholeLong(String name, long least) throws JsonDefectException {
    return value(name).wholeLong(least);
  }

  /** Returns lists of whole numbers of at least {@code least}, {@code count} in each. */
  public List<List<Long>> wholeLongLists(String name, int count, long least)
      throws JsonDefectException {
    return value(name).each(list -> list.each(count, number -> number.wholeLong(least)));
  }

  /** Returns a number from {@code least} to {@code most}. */
  public double number(String name, double least, double most) throws JsonDefectException {
    return value(name).number(least, most);
  }

  /** Returns {@code count} whole numbers from {@code least} to {@code most}. */
  public List<Integer> wholes(String name, int count, int least, int most)
      throws JsonDefectException {
    return value(name).each(count, number -> number.whole(least, most));
  }

  /** Returns whole numbers from {@code least} to {@code most}, as many as there are. */
  public List<Integer> wholes(String name, int least, int most) throws JsonDefectException {
    return value(name).each(number -> number.whole(least, most));
  }

  /** Returns numbers from {@code least} to {@code most}, as many as there are. */
  public List<Double> numbers(String name, double least, double most) throws JsonDefectException {
    return value(name).each(number -> number.number(least, most));
  }

  /**
   * Returns numbers from {@code least} to {@code most}, as many as there are, in whose place lists
   * of such numbers may stand; each as a list.
   */
  public List<List<Double>> numbersOrLists(String name, double least, double most)
      throws JsonDefectException {
    return value(name)
        .each(
            element ->
                element.isList()
                    ? element.each(number -> number.number(least, most))
                    : List.of(element.number(least, most)));
  }

  /**
   * An element of a list that is a text or an object.
   *
   * @param path of the element
   * @param text empty if it is an object
   * @param object empty if it is a text
   */
  public record TextOrObject(String path, Optional<String> text, Optional<JsonFields> object) {
    static TextOrObject of(String path, String text) {
      return new TextOrObject(path, Optional.of(text), Optional.empty());
    }

    static TextOrObject of(String path, JsonFields object) {
      return new TextOrObject(path, Optional.empty(), Optional.of(object));
    }
  }

  /** Returns a list in which a text may stand for an object. */
  public List<TextOrObject> textsOrObjects(String name) throws JsonDefectException {
    return value(name).each(JsonValue::textOrObject);
  }

  /** Returns texts. */
  public List<String> texts(String name) throws JsonDefectException {
    return value(name).each(JsonValue::text);
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
    return value(name).object();
  }

  /** Returns objects. */
  public List<JsonFields> objects(String name) throws JsonDefectException {
    return value(name).each(JsonValue::object);
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
