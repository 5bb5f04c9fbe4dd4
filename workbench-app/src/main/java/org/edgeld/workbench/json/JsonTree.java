package org.edgeld.workbench.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON object that is read to be added to, whatever its fields are. */
public final class JsonTree {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonTree() {}

  /**
   * Reads a file.
   *
   * @throws JsonDefectException if it holds no JSON object
   */
  public static ObjectNode read(Path file) throws IOException, JsonDefectException {
    try {
      if (MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new JsonDefectException(file + " is no JSON. Maybe it was edited.", e);
    }
    throw new JsonDefectException(file + " does not begin with '{'. Maybe it was edited.");
  }
}
