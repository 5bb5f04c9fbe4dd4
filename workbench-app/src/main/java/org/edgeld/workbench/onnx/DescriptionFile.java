package org.edgeld.workbench.onnx;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.onnx.lower.InputSize;
import org.edgeld.workbench.results.WholeFile;

/**
 * The description of a model as a JSON file beside it: {@code net.json} beside {@code net.onnx}.
 *
 * <pre>{@code
 * {
 *   "channelOrder": "RGB",            RGB, BGR or GREY
 *   "scale": 0.00392156862745098,     factor of a sample 0..255
 *   "mean": [0.485, 0.456, 0.406],    subtracted after scaling, per channel of the tensor
 *   "std": [0.229, 0.224, 0.225],     divisor after that
 *   "height": 224,                    rows, if the model leaves them open
 *   "width": 224,                     columns likewise
 *   "labels": ["cat", "dog"]          or the name of a file with one label a line
 * }
 * }</pre>
 *
 * Every field may be left out. A field of another name is refused, so that no misspelt one is
 * ignored.
 */
public final class DescriptionFile {
  private static final long LIMIT_BYTES = 64L << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private DescriptionFile() {}

  /** Returns where the description of a model is. */
  public static Path beside(Path model) {
    String name = model.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
  }

  /**
   * Reads the description beside a model.
   *
   * @param model the ONNX file
   * @param channels channels of the model's input
   * @return what is assumed if there is no description
   * @throws ModelFileException with a sentence for the user
   */
  public static ModelDescription read(Path model, int channels) throws ModelFileException {
    Path file = beside(model);
    Optional<JsonNode> json = json(file);
    return json.isPresent()
        ? new DescriptionFields(file, json.get()).description(channels)
        : ModelDescription.assumed(channels);
  }

  /** Reads only the size of the picture, which has to be known before the channels are. */
  static InputSize readSize(Path model) throws ModelFileException {
    Path file = beside(model);
    Optional<JsonNode> json = json(file);
    return json.isPresent() ? new DescriptionFields(file, json.get()).size() : InputSize.AS_IN_FILE;
  }

  private static Optional<JsonNode> json(Path file) throws ModelFileException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw new ModelFileException(
            "The description %s has %d bytes. Maybe it belongs to something else."
                .formatted(file, Files.size(file)));
      }
      return Optional.of(MAPPER.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new ModelFileException(
          "The description %s is no JSON in line %d: %s. Maybe a comma or quotation mark is missing."
              .formatted(file, line(e), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot read the description %s: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }

  /**
   * Writes the description of a model, labels inline.
   *
   * @param model the ONNX file, which stays as it is
   * @return the file written
   * @throws IOException if it cannot be written
   */
  public static Path write(Path model, ModelDescription description) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("channelOrder", description.encoding().order().name());
    json.put("scale", description.encoding().scale());
    description.encoding().mean().forEach(json.putArray("mean")::add);
    description.encoding().deviation().forEach(json.putArray("std")::add);
    put(json, "height", description.size().height());
    put(json, "width", description.size().width());
    if (!description.labels().isEmpty()) {
      description.labels().forEach(json.putArray("labels")::add);
    }
    Path file = beside(model);
    WholeFile.write(file, out -> out.write(MAPPER.writeValueAsBytes(json)));
    return file;
  }

  private static void put(ObjectNode json, String field, OptionalInt value) {
    value.ifPresent(number -> json.put(field, number));
  }
}
