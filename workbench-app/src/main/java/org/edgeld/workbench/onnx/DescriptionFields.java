package org.edgeld.workbench.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.onnx.lower.InputSize;

/** Reads and checks the fields of a description. */
final class DescriptionFields {
  private static final List<String> ALLOWED =
      List.of("channelOrder", "scale", "mean", "std", "height", "width", "labels");
  private static final int SIZE_LIMIT = 1 << 16;

  private final Path file;
  private final JsonNode json;

  /**
   * Checks the names of the fields.
   *
   * @throws ModelFileException if the document is no object or a field is not known
   */
  DescriptionFields(Path file, JsonNode json) throws ModelFileException {
    this.file = file;
    this.json = json;
    if (!json.isObject()) {
      throw problem("does not begin with '{'");
    }
    Iterator<String> names = json.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!ALLOWED.contains(name)) {
        throw new ModelFileException(
            "The description %s has the field '%s', but only %s are known. Maybe it is misspelt."
                .formatted(file, name, String.join(", ", ALLOWED)));
      }
    }
  }

  private ModelFileException problem(String clause) {
    return new ModelFileException("The description %s %s.".formatted(file, clause));
  }

  ModelDescription description(int channels) throws ModelFileException {
    return new ModelDescription(encoding(channels), size(), labels());
  }

  private InputEncoding encoding(int channels) throws ModelFileException {
    InputEncoding assumed = ModelDescription.assumed(channels).encoding();
    ChannelOrder order = order(assumed.order());
    if (json.has("channelOrder") && order.channels() != channels) {
      throw problem(
          "says the channels are %s, but the model's input has %d".formatted(order, channels));
    }
    // who describes one part of the encoding means the others not to change anything
    boolean describes = json.has("scale") || json.has("mean") || json.has("std");
    if (!describes) {
      return new InputEncoding(order, assumed.scale(), assumed.mean(), assumed.deviation());
    }
    double scale = json.has("scale") ? number("scale", json.get("scale")) : 1;
    List<Double> deviation = numbers("std", order.channels(), 1);
    if (deviation.contains(0.0)) {
      throw problem("divides by a std of 0");
    }
    return new InputEncoding(order, scale, numbers("mean", order.channels(), 0), deviation);
  }

  private ChannelOrder order(ChannelOrder assumed) throws ModelFileException {
    JsonNode value = json.get("channelOrder");
    if (value == null) {
      return assumed;
    }
    for (ChannelOrder order : ChannelOrder.values()) {
      if (order.name().equals(value.asText())) {
        return order;
      }
    }
    throw problem("has the channelOrder %s, which is none of RGB, BGR and GREY".formatted(value));
  }

  private double number(String field, JsonNode value) throws ModelFileException {
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw problem("has %s in %s, which is no number".formatted(value, field));
    }
    return value.asDouble();
  }

  private List<Double> numbers(String field, int count, double other) throws ModelFileException {
    JsonNode values = json.get(field);
    if (values == null) {
      return Collections.nCopies(count, other);
    }
    if (!values.isArray() || values.size() != count) {
      throw problem(
          "has the %s %s, which is no list of %d numbers, one for each channel"
              .formatted(field, values, count));
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode value : values) {
      numbers.add(number(field, value));
    }
    return numbers;
  }

  InputSize size() throws ModelFileException {
    return new InputSize(extent("height"), extent("width"));
  }

  private OptionalInt extent(String field) throws ModelFileException {
    JsonNode value = json.get(field);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!value.isInt() || value.asInt() < 1 || value.asInt() > SIZE_LIMIT) {
      throw problem(
          "has the %s %s, which is no whole number from 1 to %d"
              .formatted(field, value, SIZE_LIMIT));
    }
    return OptionalInt.of(value.asInt());
  }

  private List<String> labels() throws ModelFileException {
    JsonNode value = json.get("labels");
    if (value == null) {
      return List.of();
    }
    if (value.isTextual()) {
      return labelFile(value.asText());
    }
    if (!value.isArray()) {
      throw problem("has labels that are neither a list nor the name of a file");
    }
    List<String> labels = new ArrayList<>();
    for (JsonNode label : value) {
      if (!label.isTextual()) {
        throw problem("has the label %s, which is no text".formatted(label));
      }
      labels.add(label.asText());
    }
    return labels;
  }

  private List<String> labelFile(String name) throws ModelFileException {
    try {
      Path labels = file.resolveSibling(name);
      if (!Files.isRegularFile(labels)) {
        throw problem("names the labels '%s', which is no file beside it".formatted(name));
      }
      return LabelFile.read(labels);
    } catch (IOException | InvalidPathException e) {
      throw new ModelFileException(
          "Cannot read the labels '%s' of %s: %s. Maybe they are not in UTF-8."
              .formatted(name, file, e.getMessage()),
          e);
    }
  }
}
