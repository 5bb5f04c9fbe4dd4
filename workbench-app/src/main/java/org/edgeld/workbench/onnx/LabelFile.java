package org.edgeld.workbench.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Class names in a text file, one a line, in the order of the model's outputs. */
public final class LabelFile {
  private LabelFile() {}

  /**
   * Reads the names; blank lines at the end are none.
   *
   * @throws IOException if the file cannot be read or is not in UTF-8
   */
  public static List<String> read(Path file) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }
}
