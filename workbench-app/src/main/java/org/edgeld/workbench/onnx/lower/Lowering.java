package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.workbench.onnx.fold.ConstantFolder;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.onnx.graph.OnnxAttribute;
import org.edgeld.workbench.onnx.graph.OnnxGraph;
import org.edgeld.workbench.onnx.graph.OnnxModel;
import org.edgeld.workbench.onnx.graph.OnnxNode;
import org.edgeld.workbench.onnx.graph.OnnxValue;

/**
 * Turns an ONNX graph into layers, node by node. What is not supported is gathered, so that a
 * refusal names all of it.
 */
public final class Lowering {
  private static final Map<String, LowerRule> RULES = rules();

  private final Map<String, Value> values = new HashMap<>();
  private final Set<String> read = new HashSet<>();
  private final ConstantFolder folder = new ConstantFolder();
  private final Problems problems = new Problems();
  private final InputPlan input;
  private final Draft draft;

  private Lowering(InputPlan input) {
    this.input = input;
    this.draft = new Draft(input.layout().shape());
    values.put(input.name(), new Value.Mapped(0, input.layout()));
  }

  private static Map<String, LowerRule> rules() {
    Map<String, LowerRule> rules = new HashMap<>();
    ActivationRules.addTo(rules);
    ArithmeticRules.addTo(rules);
    ConvRules.addTo(rules);
    CutRules.addTo(rules);
    MatrixRules.addTo(rules);
    MoveRules.addTo(rules);
    NormRules.addTo(rules);
    PadRules.addTo(rules);
    PoolRules.addTo(rules);
    ReduceRules.addTo(rules);
    ResizeRules.addTo(rules);
    return Map.copyOf(rules);
  }

  /** Returns the names of ONNX's operators that feature maps can go through, in no order. */
  public static Set<String> operators() {
    return RULES.keySet();
  }

  /**
   * Returns the layers of a model.
   *
   * @param name what people call it
   * @param size extents of the input that a user chose
   * @throws UnsupportedModelException if it uses operators that are not supported
   * @throws ModelFileException if it is damaged or does not say enough
   */
  public static LoweredModel of(String name, OnnxModel model, InputSize size)
      throws ModelFileException {
    try {
      OnnxGraph graph = Expansion.of(model);
      List<OnnxNode> nodes = NodeOrder.of(graph, Set.of());
      return new Lowering(InputPlan.of(graph, nodes, size)).lowered(name, graph, nodes);
    } catch (DefectException | IllegalArgumentException e) {
      throw new ModelFileException(
          "%s cannot be imported: %s.".formatted(name, Draft.clause(e.getMessage())), e);
    }
  }

  private LoweredModel lowered(String name, OnnxGraph graph, List<OnnxNode> nodes)
      throws DefectException, ModelFileException {
    graph.outputs().forEach(output -> read.add(output.name()));
    lower(graph, nodes);
    List<Integer> outputs = new ArrayList<>();
    for (OnnxValue output : graph.outputs()) {
      output(output).ifPresent(outputs::add);
    }
    if (problems.isEmpty()) {
      Simplification simple = Simplification.of(draft, outputs);
      simple.addProblems(problems);
      if (problems.isEmpty()) {
        return new LoweredModel(name, input.layout().shape(), simple.layers(), simple.outputs());
      }
    }
    throw new UnsupportedModelException(name, problems.uses());
  }

  private void lower(OnnxGraph graph, List<OnnxNode> nodes) throws DefectException {
    graph.initialisers().forEach((key, constant) -> values.put(key, new Value.Known(constant)));
    nodes.forEach(node -> read.addAll(node.reads()));
    for (OnnxNode node : nodes) {
      List<Value> results = results(node);
      for (int i = 0; i < node.outputs().size(); i++) {
        String output = node.outputs().get(i);
        if (i < results.size()) {
          values.put(output, results.get(i));
        } else if (read.contains(output)) {
          values.put(output, new Value.Unknown());
          if (!(results.get(0) instanceof Value.Unknown)) {
            problems.add(node, "its output %d is not supported".formatted(i));
          }
        }
      }
    }
  }

  /** Returns the results of a node, at least one. */
  private List<Value> results(OnnxNode node) throws DefectException {
    List<Optional<Value>> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      inputs.add(name.isEmpty() ? Optional.empty() : Optional.of(values.get(name)));
    }
    if (node.operator().equals("If") && node.domain().isEmpty()) {
      return branch(node, inputs);
    }
    boolean isConstant =
        inputs.stream().flatMap(Optional::stream).allMatch(value -> value instanceof Value.Known);
    boolean isFolded = isConstant && ConstantFolder.knows(node);
    LowerRule rule = node.domain().isEmpty() ? RULES.get(node.operator()) : null;
    boolean isUnknown =
        inputs.stream().flatMap(Optional::stream).anyMatch(value -> value instanceof Value.Unknown);
    if (!isFolded && rule == null && !(isUnknown && ConstantFolder.knows(node))) {
      problems.add(
          node,
          ConstantFolder.knows(node)
              ? "it is supported for constants only"
              : "the operator is not supported");
      return List.of(new Value.Unknown());
    }
    if (isUnknown) {
      return List.of(new Value.Unknown());
    }
    try {
      return isFolded
          ? folded(node, inputs)
          : rule.lower(new LowerCall(node, inputs, draft, input.formerBatch()));
    } catch (DefectException e) {
      problems.add(node, e.getMessage());
    } catch (IllegalArgumentException | ArithmeticException e) {
      problems.add(node, Draft.clause(e.getMessage()));
    }
    return List.of(new Value.Unknown());
  }

  private List<Value> folded(OnnxNode node, List<Optional<Value>> inputs) throws DefectException {
    List<Optional<Constant>> constants = new ArrayList<>();
    inputs.forEach(value -> constants.add(value.map(known -> ((Value.Known) known).constant())));
    List<Value> results = new ArrayList<>();
    folder.fold(node, constants).forEach(constant -> results.add(new Value.Known(constant)));
    return results;
  }

  /** Follows a condition that is known on import, as exporters write for optional steps. */
  private List<Value> branch(OnnxNode node, List<Optional<Value>> inputs) throws DefectException {
    if (inputs.isEmpty() || inputs.get(0).isEmpty()) {
      problems.add(node, "its condition is missing");
      return List.of(new Value.Unknown());
    }
    if (!(inputs.get(0).get() instanceof Value.Known condition)) {
      problems.add(node, "it depends on the picture which way it goes");
      return List.of(new Value.Unknown());
    }
    boolean holds = condition.constant().scalar() != 0;
    Optional<OnnxAttribute> body = node.attribute(holds ? "then_branch" : "else_branch");
    if (!(body.orElse(null) instanceof OnnxAttribute.Body branch)) {
      problems.add(node, "its branches are missing");
      return List.of(new Value.Unknown());
    }
    OnnxGraph graph = branch.graph();
    graph.outputs().forEach(output -> read.add(output.name()));
    lower(graph, NodeOrder.of(graph, values.keySet()));
    List<Value> results = new ArrayList<>();
    for (OnnxValue output : graph.outputs()) {
      results.add(values.get(output.name()));
    }
    return results;
  }

  /** Returns the tensor that an output of the model is. */
  private Optional<Integer> output(OnnxValue output) {
    Value value = values.get(output.name());
    if (value instanceof Value.Known) {
      problems.add("output", output.name(), "it does not depend on the input");
      return Optional.empty();
    }
    if (!(value instanceof Value.Mapped mapped)) {
      return Optional.empty();
    }
    OnnxNode end = outputNode(output);
    try {
      LowerCall call = new LowerCall(end, List.of(Optional.of(value)), draft, input.formerBatch());
      Value.Mapped placed = call.placed(mapped, Placement.usual(mapped.dims()));
      return Optional.of(
          placed.tensor() == 0
              ? call.apply("", new Operator.Activate(Activation.NONE), placed).tensor()
              : placed.tensor());
    } catch (DefectException e) {
      problems.add("output", output.name(), e.getMessage());
      return Optional.empty();
    }
  }

  private static OnnxNode outputNode(OnnxValue output) {
    return new OnnxNode(
        output.name(), "", "output", 0, List.of(output.name()), List.of(), Map.of());
  }
}
