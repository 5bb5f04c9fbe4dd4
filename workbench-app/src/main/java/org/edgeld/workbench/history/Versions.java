package org.edgeld.workbench.history;

import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;

/** Tells files of other kinds and of newer workbenches. */
final class Versions {
  private Versions() {}

  /**
   * Checks the fields {@code format} and {@code version}.
   *
   * @throws JsonDefectException if the file is of another kind or newer than {@code newest}
   */
  static void check(JsonFields json, String format, int newest) throws JsonDefectException {
    if (!json.text("format").equals(format)) {
      throw json.problem(
          "format", "(%s) is not %s".formatted(json.text("format"), format), "it was replaced");
    }
    int version = json.whole("version", 1, Integer.MAX_VALUE);
    if (version > newest) {
      throw json.problem(
          "version",
          "(%d) is newer than this workbench reads (%d)".formatted(version, newest),
          "open it with the newer workbench");
    }
  }
}
