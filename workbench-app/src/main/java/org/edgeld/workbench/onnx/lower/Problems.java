package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/** Everything about a model that is not supported, gathered so that it can be said at once. */
final class Problems {
  private final Map<List<String>, List<String>> nodes = new LinkedHashMap<>();

  /** Adds a node that cannot be imported. */
  void add(OnnxNode node, String reason) {
    add(node.qualifiedOperator(), node.title(), reason);
  }

  /** Adds something that cannot be imported. */
  void add(String operator, String title, String reason) {
    nodes.computeIfAbsent(List.of(operator, reason), key -> new ArrayList<>()).add(title);
  }

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** Returns all problems, nodes with the same one together. */
  List<UnsupportedUse> uses() {
    return nodes.entrySet().stream()
        .map(
            entry ->
                new UnsupportedUse(entry.getKey().get(0), entry.getKey().get(1), entry.getValue()))
        .toList();
  }
}
