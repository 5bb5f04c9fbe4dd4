package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.OnnxAttribute;
import org.edgeld.workbench.onnx.graph.OnnxFunction;
import org.edgeld.workbench.onnx.graph.OnnxGraph;
import org.edgeld.workbench.onnx.graph.OnnxModel;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/**
 * Puts the nodes of a file's own functions in the place of their calls, and tells every node the
 * version of its operator set.
 */
final class Expansion {
  private static final int NODE_LIMIT = 400_000;
  private static final int DEPTH_LIMIT = 32;

  private final Map<String, OnnxFunction> functions = new HashMap<>();
  private int calls;
  private int nodes;

  private Expansion(OnnxModel model) {
    model
        .functions()
        .forEach(function -> functions.put(key(function.domain(), function.name()), function));
  }

  private static String key(String domain, String operator) {
    return domain + "\n" + operator;
  }

  /**
   * Returns a model's graph without calls of its own functions.
   *
   * @throws DefectException if a function calls itself, or calls grow beyond measure
   */
  static OnnxGraph of(OnnxModel model) throws DefectException {
    Expansion expansion = new Expansion(model);
    return expansion.graph(model.graph(), new Scope("", Map.of(), Map.of(), model.versions(), 0));
  }

  /**
   * Where nodes stand.
   *
   * @param prefix of names, empty outside of functions
   * @param names values of the caller by the name of a function's input or output
   * @param attributes what the caller gives
   * @param versions of operator sets
   * @param depth calls around
   */
  private record Scope(
      String prefix,
      Map<String, String> names,
      Map<String, OnnxAttribute> attributes,
      Map<String, Integer> versions,
      int depth) {
    String name(String inner) {
      return inner.isEmpty() ? "" : names.getOrDefault(inner, prefix + inner);
    }
  }

  private OnnxGraph graph(OnnxGraph graph, Scope scope) throws DefectException {
    OnnxGraph renamed = scope.depth() == 0 ? graph : Renaming.of(graph, scope::name);
    return renamed.withNodes(expanded(graph.nodes(), scope));
  }

  private List<OnnxNode> expanded(List<OnnxNode> inner, Scope scope) throws DefectException {
    List<OnnxNode> expanded = new ArrayList<>();
    for (OnnxNode node : inner) {
      if (++nodes > NODE_LIMIT) {
        throw new DefectException("its functions grow to more than " + NODE_LIMIT + " nodes");
      }
      OnnxNode outer = moved(node, scope);
      OnnxFunction function = functions.get(key(node.domain(), node.operator()));
      if (function == null) {
        expanded.add(outer);
      } else {
        expanded.addAll(called(outer, function, scope.depth() + 1));
      }
    }
    return expanded;
  }

  /** Returns a node of a function under names of the caller. */
  private OnnxNode moved(OnnxNode node, Scope scope) throws DefectException {
    Map<String, OnnxAttribute> attributes = new HashMap<>();
    for (Map.Entry<String, OnnxAttribute> entry : node.attributes().entrySet()) {
      OnnxAttribute value = entry.getValue();
      if (value instanceof OnnxAttribute.Reference reference) {
        value = scope.attributes().get(reference.name());
      } else if (value instanceof OnnxAttribute.Body body) {
        value = new OnnxAttribute.Body(graph(body.graph(), scope));
      }
      if (value != null) {
        attributes.put(entry.getKey(), value);
      }
    }
    return node.renamed(
            scope.prefix() + node.name(),
            node.inputs().stream().map(scope::name).toList(),
            node.outputs().stream().map(scope::name).toList(),
            attributes)
        .withVersion(scope.versions().getOrDefault(node.domain(), 0));
  }

  private List<OnnxNode> called(OnnxNode call, OnnxFunction function, int depth)
      throws DefectException {
    if (depth > DEPTH_LIMIT) {
      throw new DefectException(
          "its function %s calls itself, or more than %d others within each other"
              .formatted(function.name(), DEPTH_LIMIT));
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < function.inputs().size(); i++) {
      names.put(function.inputs().get(i), i < call.inputs().size() ? call.inputs().get(i) : "");
    }
    String prefix = (call.title().isEmpty() ? function.name() : call.title()) + "." + ++calls + "/";
    for (int i = 0; i < function.outputs().size(); i++) {
      String given = i < call.outputs().size() ? call.outputs().get(i) : "";
      names.put(
          function.outputs().get(i), given.isEmpty() ? prefix + function.outputs().get(i) : given);
    }
    Map<String, OnnxAttribute> attributes = new HashMap<>(function.defaults());
    attributes.putAll(call.attributes());
    return expanded(
        function.nodes(), new Scope(prefix, names, attributes, function.versions(), depth));
  }
}
