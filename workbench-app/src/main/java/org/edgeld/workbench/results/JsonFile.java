package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;

/** Writes JSON for people and programs: UTF-8, indented. */
public final class JsonFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonFile() {}

  /** Writes a document to a file, replacing it as a whole. */
  public static void write(Path file, JsonNode json) throws IOException {
    WholeFile.write(file, out -> out.write(MAPPER.writeValueAsBytes(json)));
  }
}
