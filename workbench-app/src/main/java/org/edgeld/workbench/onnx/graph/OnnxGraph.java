package org.edgeld.workbench.onnx.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes between inputs and outputs, in the order of the file.
 *
 * @param name what the exporter called it
 * @param nodes the operators
 * @param initialisers constants by the name of their value
 * @param inputs what has to be given; those that are initialisers too are not inputs
 * @param outputs what is yielded
 */
public record OnnxGraph(
    String name,
    List<OnnxNode> nodes,
    Map<String, Constant> initialisers,
    List<OnnxValue> inputs,
    List<OnnxValue> outputs) {
  public OnnxGraph {
    nodes = List.copyOf(nodes);
    initialisers = Map.copyOf(initialisers);
    Set<String> given = initialisers.keySet();
    inputs = inputs.stream().filter(input -> !given.contains(input.name())).toList();
    outputs = List.copyOf(outputs);
  }

  /** Returns this graph with other nodes. */
  public OnnxGraph withNodes(List<OnnxNode> others) {
    return new OnnxGraph(name, others, initialisers, inputs, outputs);
  }

  /** Returns the values that this graph reads of the one around it. */
  public Set<String> outerReads() {
    Set<String> own = new LinkedHashSet<>(initialisers.keySet());
    inputs.forEach(input -> own.add(input.name()));
    nodes.forEach(node -> own.addAll(node.outputs()));
    Set<String> outer = new LinkedHashSet<>();
    nodes.forEach(node -> outer.addAll(node.reads()));
    outputs.forEach(output -> outer.add(output.name()));
    outer.removeAll(own);
    return outer;
  }
}
