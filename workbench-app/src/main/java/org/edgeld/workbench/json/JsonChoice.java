package org.edgeld.workbench.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.edgeld.workbench.words.NearestName;

/**
 * One of several things that a file names.
 *
 * @param what it is, with its article, such as {@code a routing}
 * @param all that there are
 * @param id the name of each in files
 */
public record JsonChoice<T>(String what, List<T> all, Function<T, String> id) {
  public JsonChoice {
    all = List.copyOf(all);
  }

  /**
   * Returns what a text names.
   *
   * @param path of the text, for errors
   * @throws JsonDefectException with what may be named, if it names nothing
   */
  public T named(JsonFields json, String path, String text) throws JsonDefectException {
    for (T choice : all) {
      if (id.apply(choice).equals(text)) {
        return choice;
      }
    }
    throw unknown(json, path, text, what, all.stream().map(id).toList(), "");
  }

  /** Returns what a field names. */
  public T read(JsonFields json, String field) throws JsonDefectException {
    return named(json, field, json.text(field));
  }

  /** Returns what a field names; {@code otherwise} if it is not there. */
  public T read(JsonFields json, String field, T otherwise) throws JsonDefectException {
    return json.has(field) ? read(json, field) : otherwise;
  }

  /** Returns what the elements of a list name. */
  public List<T> readAll(JsonFields json, String field) throws JsonDefectException {
    List<String> texts = json.texts(field);
    List<T> named = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      named.add(named(json, "%s[%d]".formatted(field, i), texts.get(i)));
    }
    return named;
  }

  /**
   * Returns an error about a name, with the one it may have been meant to be and all there are.
   *
   * @param what was to be named, with its article
   * @param also appended to the known names, such as {@code ", or a depth such as \"2\""}
   */
  public static JsonDefectException unknown(
      JsonFields json, String path, String typed, String what, List<String> known, String also) {
    String names = String.join(", ", known) + also;
    return json.problem(
        path,
        "(\"%s\") is not %s".formatted(typed, what),
        NearestName.of(typed, known)
            .map(near -> "\"" + near + "\". Allowed: " + names)
            .orElse("one of " + names));
  }
}
