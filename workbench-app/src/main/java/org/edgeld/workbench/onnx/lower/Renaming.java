package org.edgeld.workbench.onnx.lower;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.OnnxGraph;
import org.edgeld.workbench.onnx.graph.OnnxValue;

/**
 * Gives the values that a graph declares other names; its nodes are renamed by who expands them.
 */
final class Renaming {
  private Renaming() {}

  static OnnxGraph of(OnnxGraph graph, UnaryOperator<String> name) {
    Map<String, Constant> initialisers = new HashMap<>();
    graph.initialisers().forEach((key, value) -> initialisers.put(name.apply(key), value));
    return new OnnxGraph(
        graph.name(),
        graph.nodes(),
        initialisers,
        values(graph.inputs(), name),
        values(graph.outputs(), name));
  }

  private static List<OnnxValue> values(List<OnnxValue> values, UnaryOperator<String> name) {
    return values.stream()
        .map(
            value ->
                new OnnxValue(name.apply(value.name()), value.kind(), value.type(), value.axes()))
        .toList();
  }
}
