package org.edgeld.workbench.results;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of RFC 4180. */
public final class Csv {
  private Csv() {}

  /** Returns a line of these values, quoted where needed, ended by CRLF. */
  public static String line(List<String> values) {
    return values.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String value) {
    return value.matches("(?s).*[\",\r\n].*|\\s.*|.*\\s")
        ? '"' + value.replace("\"", "\"\"") + '"'
        : value;
  }
}
