package org.edgeld.workbench.results;

import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.Step;

/** Names a step by its block or slice. */
record StepWords(ModelGraph graph) implements Step.Handler<String> {
  /** Returns the name of a step, such as {@code conv1_1–conv1_2} or {@code input to B}. */
  static String of(ModelGraph graph, Step step) {
    return step.accept(new StepWords(graph));
  }

  @Override
  public String receive(Step.Receive step) {
    return tensor(step.slice()) + " from " + step.from();
  }

  @Override
  public String compute(Step.Compute step) {
    String label = step.block().label(graph);
    if (step.combines()) {
      return label + ", sums added up";
    }
    TensorId made = step.outputs().get(0).tensor();
    return made.isPartial() ? label + ", sum over " + ChannelSums.summed(made) : label;
  }

  @Override
  public String send(Step.Send step) {
    return tensor(step.slice()) + " to " + step.to();
  }

  @Override
  public String release(Step.Release step) {
    return "release " + step.tensor();
  }

  private String tensor(Slice slice) {
    TensorId tensor = slice.tensor();
    String name = tensor.isInput() ? "input" : graph.producer(tensor).name();
    return tensor.isPartial() ? name + " summed over " + ChannelSums.summed(tensor) : name;
  }
}
