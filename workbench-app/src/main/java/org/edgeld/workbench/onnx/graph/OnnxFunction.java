package org.edgeld.workbench.onnx.graph;

import java.util.List;
import java.util.Map;

/**
 * An operator that a file defines by other operators.
 *
 * @param domain domain of the operator
 * @param name the operator
 * @param inputs names of its inputs within {@code nodes}
 * @param outputs names of its outputs within {@code nodes}
 * @param defaults values of attributes that a caller leaves out
 * @param versions version of each operator set that {@code nodes} are meant in
 * @param nodes what it does
 */
public record OnnxFunction(
    String domain,
    String name,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> defaults,
    Map<String, Integer> versions,
    List<OnnxNode> nodes) {
  public OnnxFunction {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    defaults = Map.copyOf(defaults);
    versions = Map.copyOf(versions);
    nodes = List.copyOf(nodes);
  }
}
