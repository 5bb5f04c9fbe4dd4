package org.edgeld.workbench.onnx.lower;

import java.util.List;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.workbench.onnx.graph.DefectException;

/** Makes fewer layers of a draft, without changing what it computes but for rounding. */
final class Simplification {
  private static final int LAYER_LIMIT = 20_000;

  private final LayerGraph graph;

  private Simplification(LayerGraph graph) {
    this.graph = graph;
  }

  /**
   * Simplifies a draft.
   *
   * @throws DefectException if it has far more layers than any network
   */
  static Simplification of(Draft draft, List<Integer> outputs) throws DefectException {
    if (draft.size() > LAYER_LIMIT) {
      throw new DefectException(
          "it has %d layers, more than %d".formatted(draft.size(), LAYER_LIMIT));
    }
    LayerGraph graph = new LayerGraph(draft, outputs);
    graph.compact();
    Simplification simplification = new Simplification(graph);
    GatePatterns.apply(graph);
    PadFolding.apply(graph);
    graph.compact();
    AffineFolding.apply(graph);
    simplification.joinActivations();
    simplification.joinReshapes();
    graph.compact();
    return simplification;
  }

  /** Adds what could only be supported as part of a pattern. */
  void addProblems(Problems problems) {
    for (DraftLayer layer : graph.layers()) {
      if (layer.operator() instanceof Operator.Activate activate
          && activate.activation().equals(Draft.ERROR_FUNCTION)) {
        problems.add("Erf", layer.name(), "it is supported as part of GELU only");
      }
    }
  }

  List<DraftLayer> layers() {
    return graph.layers();
  }

  List<Integer> outputs() {
    return graph.outputs();
  }

  private void joinActivations() {
    for (int i = 0; i < graph.size(); i++) {
      DraftLayer layer = graph.layer(i);
      if (!graph.isRead(i)
          || !(layer.operator() instanceof Operator.Activate activate)
          || activate.activation().equals(Draft.ERROR_FUNCTION)) {
        continue;
      }
      int source = layer.inputs().get(0);
      Optional<DraftLayer> before = graph.producer(source);
      boolean joins =
          before.isPresent()
              && graph.hasOneReader(source)
              && Fusible.activation(before.get().operator()).filter(Activation::isNone).isPresent();
      if (joins) {
        graph.set(
            source - 1,
            before
                .get()
                .with(Fusible.withActivation(before.get().operator(), activate.activation())));
        graph.redirect(i + 1, source);
      }
    }
  }

  /** Of several views of the same elements, one behind the other, only the last counts. */
  private void joinReshapes() {
    for (int i = 0; i < graph.size(); i++) {
      DraftLayer layer = graph.layer(i);
      if (!graph.isRead(i) || !isReshape(layer)) {
        continue;
      }
      int source = layer.inputs().get(0);
      Optional<DraftLayer> before = graph.producer(source).filter(Simplification::isReshape);
      if (before.isPresent()) {
        source = before.get().inputs().get(0);
        graph.set(i, layer.reading(List.of(source)));
      }
      if (graph.shape(source).equals(graph.shape(i + 1)) && source > 0) {
        graph.redirect(i + 1, source);
      }
    }
  }

  private static boolean isReshape(DraftLayer layer) {
    return layer.operator() instanceof Operator.Reshape
        || layer.operator() instanceof Operator.Flatten;
  }
}
