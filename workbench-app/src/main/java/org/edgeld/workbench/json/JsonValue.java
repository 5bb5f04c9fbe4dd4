package org.edgeld.workbench.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of a JSON object: that of a field, or an element of a list.
 *
 * @param owner the object
 * @param path from there, for errors
 * @param json the value
 */
record JsonValue(JsonFields owner, String path, JsonNode json) {
  private static final int SHOWN = 40;

  /** Reads something of a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonValue value) throws JsonDefectException;
  }

  /** Returns an error about the value, shown as the file has it, with a way out. */
  private JsonDefectException wrong(String clause, String maybe) {
    String text = json.toString();
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return owner.problem(path, "(%s) is %s".formatted(shown, clause), maybe);
  }

  boolean isText() {
    return json.isTextual();
  }

  boolean isObject() {
    return json.isObject();
  }

  boolean isList() {
    return json.isArray();
  }

  String text() throws JsonDefectException {
    if (!json.isTextual()) {
      throw wrong("no text", "quotation marks are missing");
    }
    return json.asText();
  }

  boolean flag() throws JsonDefectException {
    if (!json.isBoolean()) {
      throw wrong("neither true nor false", "false");
    }
    return json.asBoolean();
  }

  int whole(int least, int most) throws JsonDefectException {
    if (!json.isInt() || json.asInt() < least || json.asInt() > most) {
      throw wrong("no whole number from %d to %d".formatted(least, most), Integer.toString(least));
    }
    return json.asInt();
  }

  long wholeLong(long least) throws JsonDefectException {
    if (!json.isIntegralNumber() || !json.canConvertToLong() || json.asLong() < least) {
      throw wrong("no whole number of at least %d".formatted(least), Long.toString(least));
    }
    return json.asLong();
  }

  double number(double least, double most) throws JsonDefectException {
    if (!json.isNumber() || !(json.asDouble() >= least && json.asDouble() <= most)) {
      throw wrong(
          "no number from %s to %s".formatted(least, most), Double.toString(Math.max(0, least)));
    }
    return json.asDouble();
  }

  JsonFields object() throws JsonDefectException {
    if (!json.isObject()) {
      throw wrong("no object", "braces are missing");
    }
    return owner.inner(path, json);
  }

  /** Returns a text or an object, whichever it is. */
  JsonFields.TextOrObject textOrObject() throws JsonDefectException {
    if (!isText() && !isObject()) {
      throw wrong("neither a text nor an object", "quotation marks are missing");
    }
    return isText()
        ? JsonFields.TextOrObject.of(path, json.asText())
        : JsonFields.TextOrObject.of(path, object());
  }

  private List<JsonValue> elements() throws JsonDefectException {
    if (!json.isArray()) {
      throw wrong("no list", "brackets are missing");
    }
    List<JsonValue> elements = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      elements.add(new JsonValue(owner, "%s[%d]".formatted(path, i), json.get(i)));
    }
    return elements;
  }

  /** Returns the elements of a list. */
  <T> List<T> each(Reader<T> reader) throws JsonDefectException {
    List<T> read = new ArrayList<>();
    for (JsonValue element : elements()) {
      read.add(reader.read(element));
    }
    return read;
  }

  /** Returns the elements of a list of numbers that must have so many. */
  <T> List<T> each(int count, Reader<T> reader) throws JsonDefectException {
    if (!json.isArray() || json.size() != count) {
      throw wrong("no list of %d numbers".formatted(count), "a number is missing");
    }
    return each(reader);
  }
}
