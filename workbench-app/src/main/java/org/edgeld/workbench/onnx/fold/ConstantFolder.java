package org.edgeld.workbench.onnx.fold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.Elements;
import org.edgeld.workbench.onnx.graph.HeldElements;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/**
 * Computes nodes whose inputs are constants. Results of few elements are held; many elements, such
 * as those of a transposed weight, are computed when they are read, so folding takes little memory
 * whatever a model claims. One folder serves one import.
 */
public final class ConstantFolder {
  private static final int HELD_LIMIT = 1 << 16;
  private static final int HELD_LIMIT_IN_ALL = 1 << 22;
  private static final int DEPTH_LIMIT = 12;
  private static final Map<String, FoldRule> RULES = rules();

  private int held;

  private static Map<String, FoldRule> rules() {
    Map<String, FoldRule> rules = new HashMap<>();
    ShapeFolds.addTo(rules);
    MakeFolds.addTo(rules);
    ArithmeticFolds.addTo(rules);
    ReduceFolds.addTo(rules);
    return Map.copyOf(rules);
  }

  /** Tells whether this folder can compute an operator of ONNX's own. */
  public static boolean knows(OnnxNode node) {
    return node.domain().isEmpty() && RULES.containsKey(node.operator());
  }

  /**
   * Computes a node.
   *
   * @param node one this folder {@link #knows}
   * @param inputs the node's inputs, nothing where one is left out
   * @return one constant for each output
   * @throws DefectException if the inputs do not fit the operator
   */
  public List<Constant> fold(OnnxNode node, List<Optional<Constant>> inputs)
      throws DefectException {
    try {
      List<Constant> settled = new ArrayList<>();
      for (Constant constant : RULES.get(node.operator()).fold(new FoldCall(node, inputs))) {
        settled.add(settled(constant));
      }
      return settled;
    } catch (ArithmeticException e) {
      throw new DefectException("its numbers are too large", e);
    }
  }

  /** Returns what Shape yields for a tensor of known extents. */
  public static Constant shape(NodeInputs call, Dims dims) throws DefectException {
    return ShapeFolds.shape(call, dims);
  }

  /** Returns a constant with its axes exchanged. */
  public static Constant transposed(Constant constant, Integer... permutation) {
    return ShapeFolds.transposed(constant, List.of(permutation));
  }

  private Constant settled(Constant constant) throws DefectException {
    Elements elements = constant.elements();
    int size = constant.size();
    if (elements.depth() == 0 || constant.type().bytes() == 0) {
      return constant;
    }
    if (size <= HELD_LIMIT && held <= HELD_LIMIT_IN_ALL - size) {
      held += size;
      return new Constant(constant.type(), constant.dims(), copied(constant));
    }
    if (elements.depth() > DEPTH_LIMIT) {
      throw new DefectException("it goes on with long arithmetic on constants as large as weights");
    }
    return constant;
  }

  private static Elements copied(Constant constant) {
    int size = constant.size();
    if (constant.type().isInteger()) {
      long[] values = new long[size];
      for (int i = 0; i < size; i++) {
        values[i] = constant.elements().integer(i);
      }
      return HeldElements.integers(values);
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = constant.elements().real(i);
    }
    return HeldElements.reals(values);
  }
}
