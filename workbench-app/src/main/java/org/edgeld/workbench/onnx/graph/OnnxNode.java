package org.edgeld.workbench.onnx.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operator at its place in an ONNX graph.
 *
 * @param name what the exporter called it, empty if nothing
 * @param domain whose operator it is, empty for ONNX's own
 * @param operator the operator, such as {@code Conv}
 * @param version version of the operator set it is meant in, 0 if the model does not say
 * @param inputs names of the values read; an empty name is an input left out
 * @param outputs names of the values made; an empty name is an output nobody wants
 * @param attributes by name
 */
public record OnnxNode(
    String name,
    String domain,
    String operator,
    int version,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> attributes) {
  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  /** Returns this node, meant in a version of its operator set. */
  public OnnxNode withVersion(int other) {
    return new OnnxNode(name, domain, operator, other, inputs, outputs, attributes);
  }

  /** Returns what people call this node: its name, else the first value it makes. */
  public String title() {
    if (!name.isEmpty()) {
      return name;
    }
    return outputs.stream().filter(output -> !output.isEmpty()).findFirst().orElse(operator);
  }

  /** Returns the operator with its domain unless that is ONNX's own. */
  public String qualifiedOperator() {
    return domain.isEmpty() ? operator : domain + "." + operator;
  }

  /** Tells whether input {@code index} is there. */
  public boolean hasInput(int index) {
    return index < inputs.size() && !inputs.get(index).isEmpty();
  }

  /** Returns all values this node reads, also those that graphs within it read. */
  public List<String> reads() {
    List<String> reads = new ArrayList<>();
    for (String input : inputs) {
      if (!input.isEmpty()) {
        reads.add(input);
      }
    }
    attributes.values().forEach(attribute -> bodyReads(attribute, reads));
    return reads;
  }

  private static void bodyReads(OnnxAttribute attribute, List<String> reads) {
    if (attribute instanceof OnnxAttribute.Body body) {
      reads.addAll(body.graph().outerReads());
    }
  }

  /** Returns an attribute. */
  public Optional<OnnxAttribute> attribute(String key) {
    return Optional.ofNullable(attributes.get(key));
  }

  /** Tells whether an attribute is given. */
  public boolean has(String key) {
    return attributes.containsKey(key);
  }

  /** Returns a whole number, or {@code other} if it is not given. */
  public long whole(String key, long other) throws DefectException {
    OnnxAttribute attribute = attributes.get(key);
    if (attribute == null) {
      return other;
    }
    if (attribute instanceof OnnxAttribute.Whole whole) {
      return whole.value();
    }
    throw wrongKind(key, "a whole number");
  }

  /** Returns a real number, or {@code other} if it is not given. */
  public float real(String key, double other) throws DefectException {
    OnnxAttribute attribute = attributes.get(key);
    if (attribute == null) {
      return (float) other;
    }
    if (attribute instanceof OnnxAttribute.Real real) {
      return real.value();
    }
    throw wrongKind(key, "a number");
  }

  /** Returns a word, or {@code other} if it is not given. */
  public String text(String key, String other) throws DefectException {
    OnnxAttribute attribute = attributes.get(key);
    if (attribute == null) {
      return other;
    }
    if (attribute instanceof OnnxAttribute.Text text) {
      return text.value();
    }
    throw wrongKind(key, "a word");
  }

  /** Returns whole numbers, if they are given. */
  public Optional<List<Long>> wholes(String key) throws DefectException {
    OnnxAttribute attribute = attributes.get(key);
    if (attribute == null) {
      return Optional.empty();
    }
    if (attribute instanceof OnnxAttribute.Wholes wholes) {
      return Optional.of(wholes.values());
    }
    throw wrongKind(key, "a list of whole numbers");
  }

  private DefectException wrongKind(String key, String expected) {
    return new DefectException("its attribute %s is not %s".formatted(key, expected));
  }

  /** Returns this node with values and name changed, as when a function is put in its place. */
  public OnnxNode renamed(
      String newName,
      List<String> newInputs,
      List<String> newOutputs,
      Map<String, OnnxAttribute> all) {
    return new OnnxNode(
        newName, domain, operator, version, newInputs, newOutputs, new LinkedHashMap<>(all));
  }
}
