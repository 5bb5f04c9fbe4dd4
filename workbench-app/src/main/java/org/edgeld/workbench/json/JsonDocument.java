package org.edgeld.workbench.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that holds one JSON object. */
public final class JsonDocument {
  private static final long LIMIT_BYTES = 64L << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonDocument() {}

  /**
   * Reads a file.
   *
   * @param what the document is, such as {@code plan}
   * @throws JsonDefectException if it cannot be read or is no JSON object
   */
  public static JsonFields read(Path file, String what) throws JsonDefectException {
    String title = "The %s %s".formatted(what, file);
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw new JsonDefectException(
            "%s has %d bytes. Maybe it is something else.".formatted(title, Files.size(file)));
      }
      return JsonFields.of(title, MAPPER.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new JsonDefectException(
          "%s is no JSON in line %d: %s. Maybe a comma or quotation mark is missing."
              .formatted(title, line(e), e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " ")),
          e);
    } catch (NoSuchFileException e) {
      throw new JsonDefectException(
          "Cannot read the %s %s: there is no such file. Maybe check the spelling."
              .formatted(what, file),
          e);
    } catch (IOException e) {
      throw new JsonDefectException(
          "Cannot read the %s %s: %s. Maybe it is a folder."
              .formatted(what, file, e.getMessage() == null ? "it cannot be read" : e.getMessage()),
          e);
    }
  }

  /** Reads a document that is in memory already. */
  public static JsonFields of(JsonNode json, String title) throws JsonDefectException {
    return JsonFields.of(title, json);
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }
}
