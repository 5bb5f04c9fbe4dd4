package org.edgeld.workbench.onnx.read;

import org.edgeld.workbench.onnx.graph.DefectException;

/** How much one file may make the reader hold: names and lists, as weights are never held. */
final class ReadBudget {
  private static final int NODE_LIMIT = 200_000;
  private static final int ITEM_LIMIT = 4_000_000;

  private int nodes;
  private int items;

  /** Counts a node, an initialiser or another named thing. */
  void countNode() throws DefectException {
    if (++nodes > NODE_LIMIT) {
      throw new DefectException("it has more than " + NODE_LIMIT + " nodes and constants");
    }
  }

  /** Counts a name or number in a list. */
  void countItem() throws DefectException {
    if (++items > ITEM_LIMIT) {
      throw new DefectException("its nodes have more than " + ITEM_LIMIT + " inputs and numbers");
    }
  }
}
