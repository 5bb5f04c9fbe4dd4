package org.edgeld.workbench.chart.layer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.edgeld.model.TensorShape;

/**
 * One layer in figures.
 *
 * @param index place in the graph, from 0
 * @param name the name researchers know it by
 * @param operator what it computes, in words
 * @param inputs shapes of what it reads
 * @param output shape of its result
 * @param flops floating-point operations of the undivided layer
 * @param parameters number of its weights
 * @param outputBytes size of its result, the activations, as float32
 * @param whole why it cannot be divided by rows; empty if it can
 */
public record LayerRow(
    int index,
    String name,
    String operator,
    List<TensorShape> inputs,
    TensorShape output,
    long flops,
    long parameters,
    long outputBytes,
    Optional<String> whole) {
  public LayerRow {
    inputs = List.copyOf(inputs);
  }

  /** Tells whether several devices can share the layer by rows. */
  public boolean splits() {
    return whole.isEmpty();
  }

  /** Returns the shapes read, such as {@code 2 × 64×56×56} where several are alike. */
  public String inputWords() {
    List<TensorShape> distinct = inputs.stream().distinct().toList();
    return distinct.stream()
        .map(
            shape -> {
              long times = inputs.stream().filter(shape::equals).count();
              return times == 1 ? shape.toString() : times + " × " + shape;
            })
        .collect(Collectors.joining(", "));
  }

  /** Returns whether it splits, in words: {@code yes}, or {@code no:} and the reason. */
  public String splitWords() {
    return whole.map(reason -> "no: " + reason).orElse("yes");
  }
}
