package org.edgeld.workbench.profilefile;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.profile.TileTime;

/** Reads the steps that a device timed as a whole, and checks that the model has such steps. */
final class StepsReader {
  private static final int NUMBERS = 7;

  private final ModelGraph graph;
  private final List<TensorShape> shapes;

  StepsReader(ModelGraph graph, List<TensorShape> shapes) {
    this.graph = graph;
    this.shapes = shapes;
  }

  TileTime read(JsonFields json) throws JsonDefectException {
    List<Integer> layers = json.wholes("layers", 2, 0, graph.layers().size());
    if (layers.get(0) >= layers.get(1)) {
      throw json.problem(
          "layers", "(%s) are no half-open range".formatted(layers), "measure again");
    }
    Block block = new Block(layers.get(0), layers.get(1));
    List<TensorId> yielded = block.outputs(graph);
    List<Slice> outputs = new ArrayList<>();
    for (List<Long> numbers : json.wholeLongLists("outputs", NUMBERS, 0)) {
      outputs.add(slice(json, yielded, numbers));
    }
    if (outputs.isEmpty()) {
      throw json.problem("outputs", "are empty", "measure again");
    }
    if (json.has("sums")) {
      outputs = List.of(partial(json, block, outputs));
    }
    TileTime time = new TileTime(block, outputs, json.wholeLong("nanos", 0));
    json.end();
    return time;
  }

  private Slice partial(JsonFields json, Block block, List<Slice> outputs)
      throws JsonDefectException {
    List<Integer> pair = json.wholes("sums", 2, 0, ChannelSums.channels(graph, block));
    if (outputs.size() != 1 || pair.get(0) >= pair.get(1)) {
      throw json.problem(
          "sums", "(%s) are no input channels of one output".formatted(pair), "measure again");
    }
    Range summed = new Range(pair.get(0), pair.get(1));
    Slice output = outputs.get(0);
    return new Slice(ChannelSums.partial(output.tensor(), summed), output.region());
  }

  private Slice slice(JsonFields json, List<TensorId> yielded, List<Long> numbers)
      throws JsonDefectException {
    for (TensorId tensor : yielded) {
      if (tensor.index() == numbers.get(0)) {
        TensorShape shape = shapes.get(tensor.index());
        return new Slice(
            tensor,
            new Region(
                range(json, numbers, 1, shape.channels()),
                range(json, numbers, 3, shape.height()),
                range(json, numbers, 5, shape.width())));
      }
    }
    throw json.problem(
        "outputs", "(%s) are not what these layers yield".formatted(numbers), "measure again");
  }

  private static Range range(JsonFields json, List<Long> numbers, int place, int extent)
      throws JsonDefectException {
    long start = numbers.get(place);
    long end = numbers.get(place + 1);
    if (start >= end || end > extent) {
      throw json.problem(
          "outputs", "(%s) lie outside the model".formatted(numbers), "measure again");
    }
    return new Range((int) start, (int) end);
  }
}
