package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.onnx.fold.NodeInputs;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/** A node that reads at least one feature map, and the draft that its layers go to. */
final class LowerCall implements NodeInputs {
  private final OnnxNode node;
  private final List<Optional<Value>> inputs;
  private final Draft draft;
  private final OptionalInt formerBatch;
  private final String prefix;

  /**
   * Returns a call.
   *
   * @param node the node
   * @param inputs its inputs, nothing where one is left out
   * @param draft where layers are appended
   * @param formerBatch the file's batch extent, if it was fixed and became 1
   */
  LowerCall(OnnxNode node, List<Optional<Value>> inputs, Draft draft, OptionalInt formerBatch) {
    this(node, inputs, draft, formerBatch, "");
  }

  private LowerCall(
      OnnxNode node,
      List<Optional<Value>> inputs,
      Draft draft,
      OptionalInt formerBatch,
      String prefix) {
    this.node = node;
    this.inputs = inputs;
    this.draft = draft;
    this.formerBatch = formerBatch;
    this.prefix = prefix;
  }

  /** Returns this call, with the layers it adds named as parts of {@code part}. */
  LowerCall within(String part) {
    return new LowerCall(node, inputs, draft, formerBatch, prefix + "." + part);
  }

  @Override
  public OnnxNode node() {
    return node;
  }

  /** Returns the number of inputs. */
  int size() {
    return inputs.size();
  }

  @Override
  public Optional<Constant> constant(int index) throws DefectException {
    Optional<Value> value = index < inputs.size() ? inputs.get(index) : Optional.empty();
    if (value.isPresent() && !(value.get() instanceof Value.Known)) {
      throw new DefectException("its input %d is computed, not a constant".formatted(index));
    }
    return value.map(known -> ((Value.Known) known).constant());
  }

  /** Returns a constant that has to be there. */
  Constant known(int index, String what) throws DefectException {
    return constant(index).orElseThrow(() -> new DefectException("its " + what + " is missing"));
  }

  /** Tells whether an input is a constant. */
  boolean isKnown(int index) {
    return index < inputs.size() && inputs.get(index).orElse(null) instanceof Value.Known;
  }

  /** Returns an input that is a feature map. */
  Value.Mapped mapped(int index) throws DefectException {
    Optional<Value> value = index < inputs.size() ? inputs.get(index) : Optional.empty();
    if (value.orElse(null) instanceof Value.Mapped mapped) {
      return mapped;
    }
    throw new DefectException(
        "its input %d is %s".formatted(index, value.isPresent() ? "a constant" : "missing"));
  }

  /** Returns an input that is there. */
  Value value(int index) throws DefectException {
    Optional<Value> value = index < inputs.size() ? inputs.get(index) : Optional.empty();
    return value.orElseThrow(() -> new DefectException("its input %d is missing".formatted(index)));
  }

  /** Returns all inputs that are there. */
  List<Value> values() {
    return inputs.stream().flatMap(Optional::stream).toList();
  }

  /** Returns the batch extent of the file's input, if it was fixed and became 1. */
  OptionalInt formerBatch() {
    return formerBatch;
  }

  /** Returns the shape of a feature map. */
  TensorShape shape(Value.Mapped value) {
    return draft.shape(value.tensor());
  }

  /**
   * Appends a layer.
   *
   * @param part what it is for, if the node takes several layers; empty for the one that stands for
   *     the node
   * @return the tensor it makes
   */
  int add(String part, Operator operator, List<Integer> tensors, Weight... weights)
      throws DefectException {
    String name = node.title() + prefix + (part.isEmpty() ? "" : "." + part);
    return draft.add(new DraftLayer(name, operator, tensors, List.of(weights)));
  }

  /** Appends a layer that keeps extents and places. */
  Value.Mapped apply(String part, Operator operator, Value.Mapped input, Weight... weights)
      throws DefectException {
    return new Value.Mapped(add(part, operator, List.of(input.tensor()), weights), input.layout());
  }

  /**
   * Appends a layer whose result has other extents.
   *
   * @param extents of the result, as an ONNX tensor
   * @param placement where its axes lie
   */
  Value.Mapped apply(
      Operator operator, Value.Mapped input, Dims extents, Placement placement, Weight... weights)
      throws DefectException {
    int tensor = add("", operator, List.of(input.tensor()), weights);
    return new Value.Mapped(tensor, Layout.of(extents, placement));
  }

  /** Returns a tensor with its axes in certain places, moving elements if they are not. */
  Value.Mapped placed(Value.Mapped value, Placement placement) throws DefectException {
    Dims dims = value.dims();
    for (int axis = 0; axis < dims.rank(); axis++) {
      if (dims.extent(axis) > 1 && placement.placeOf(axis).isEmpty()) {
        throw new DefectException(
            "its input has the extents %s, where axis %d should be 1".formatted(dims, axis));
      }
    }
    return new Mover((part, operator, input) -> add(part, operator, List.of(input)))
        .moved(value, placement);
  }

  /**
   * Returns a tensor with each axis whole at one place, moving elements if they are not.
   *
   * @see Layout#placement
   */
  Value.Mapped whole(Value.Mapped value) throws DefectException {
    return value.layout().placement().isPresent()
        ? value
        : placed(value, Placement.usual(value.dims()));
  }

  /** Returns the places of a tensor's axes, which are whole. */
  static Placement placement(Value.Mapped value) {
    return value.layout().placement().orElseThrow();
  }

  /** Returns extents with others from axis 2 on. */
  static Dims spatial(Dims dims, int channels, TensorShape shape) {
    List<Integer> extents = new ArrayList<>(List.of(1, channels));
    if (dims.rank() > 2) {
      extents.add(shape.height());
    }
    if (dims.rank() > 3) {
      extents.add(shape.width());
    }
    return new Dims(extents);
  }
}
