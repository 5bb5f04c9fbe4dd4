package org.edgeld.workbench.onnx.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.OnnxGraph;
import org.edgeld.workbench.onnx.graph.OnnxNode;
import org.edgeld.workbench.onnx.graph.OnnxValue;

/** Which nodes the outputs depend on, every node behind those it reads. */
final class NodeOrder {
  private final OnnxGraph graph;
  private final Set<String> given;
  private final Map<String, OnnxNode> producers = new HashMap<>();
  private final Set<OnnxNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<OnnxNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<OnnxNode> order = new ArrayList<>();

  private NodeOrder(OnnxGraph graph, Set<String> outer) {
    this.graph = graph;
    this.given = new HashSet<>(outer);
  }

  /**
   * Returns the nodes needed, in an order to compute them in.
   *
   * @param outer values of the graph around this one
   * @throws DefectException if nodes depend on each other in a circle, if a value is missing, or if
   *     two nodes make the same
   */
  static List<OnnxNode> of(OnnxGraph graph, Set<String> outer) throws DefectException {
    return new NodeOrder(graph, outer).sorted();
  }

  private List<OnnxNode> sorted() throws DefectException {
    given.addAll(graph.initialisers().keySet());
    for (OnnxValue input : graph.inputs()) {
      given.add(input.name());
    }
    for (OnnxNode node : graph.nodes()) {
      for (String output : node.outputs()) {
        if (!output.isEmpty() && producers.put(output, node) != null) {
          throw new DefectException("two nodes make the value '%s'".formatted(output));
        }
      }
    }
    for (OnnxValue output : graph.outputs()) {
      visit(output.name(), "the output");
    }
    return order;
  }

  /** Walks without recursion, as a network may be thousands of nodes deep. */
  private void visit(String value, String reader) throws DefectException {
    Deque<OnnxNode> stack = new ArrayDeque<>();
    push(value, reader, stack);
    while (!stack.isEmpty()) {
      OnnxNode node = stack.peek();
      if (open.add(node)) {
        for (String read : node.reads()) {
          push(read, "the node " + node.title(), stack);
        }
      } else {
        stack.pop();
        if (done.add(node)) {
          order.add(node);
        }
      }
    }
  }

  private void push(String value, String reader, Deque<OnnxNode> stack) throws DefectException {
    if (given.contains(value)) {
      return;
    }
    OnnxNode node = producers.get(value);
    if (node == null) {
      throw new DefectException("%s reads '%s', which nothing makes".formatted(reader, value));
    }
    if (open.contains(node) && !done.contains(node)) {
      throw new DefectException(
          "its nodes depend on each other in a circle, at %s".formatted(node.title()));
    }
    if (!done.contains(node)) {
      stack.push(node);
    }
  }
}
