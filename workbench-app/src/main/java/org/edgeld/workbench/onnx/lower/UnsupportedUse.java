package org.edgeld.workbench.onnx.lower;

import java.util.List;

/**
 * An operator that a model uses in a way that is not supported.
 *
 * @param operator the operator, such as {@code MatMul}
 * @param reason a clause that says what is not supported, such as "it multiplies two computed
 *     tensors"
 * @param nodes names of all nodes that use it so
 */
public record UnsupportedUse(String operator, String reason, List<String> nodes) {
  private static final int NAMED = 3;

  public UnsupportedUse {
    nodes = List.copyOf(nodes);
  }

  /** Returns operator, nodes and reason as part of a sentence. */
  @Override
  public String toString() {
    String named = String.join(", ", nodes.subList(0, Math.min(NAMED, nodes.size())));
    String more = nodes.size() > NAMED ? " and " + (nodes.size() - NAMED) + " more" : "";
    return "%s (%s%s): %s".formatted(operator, named, more, reason);
  }
}
