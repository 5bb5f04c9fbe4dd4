package org.edgeld.agent.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;

/**
 * The undivided network by textbook loops in double precision, independent of any library: what
 * engines are compared with. Tensors are arrays in CHW order.
 */
public final class NaiveNetwork {
  private final ModelGraph graph;
  private final WeightProvider provider;

  public NaiveNetwork(ModelGraph graph, WeightProvider provider) {
    this.graph = graph;
    this.provider = provider;
  }

  /** Returns all tensors of the graph for an input in CHW order, by tensor index. */
  public List<double[]> run(double[] input) throws IOException {
    List<TensorShape> shapes = graph.shapes();
    List<NaiveTensor> tensors = new ArrayList<>();
    tensors.add(new NaiveTensor(graph.input(), input));
    for (int i = 0; i < graph.layers().size(); i++) {
      Layer layer = graph.layers().get(i);
      List<NaiveTensor> inputs = new ArrayList<>();
      for (TensorId id : layer.inputs()) {
        inputs.add(tensors.get(id.index()));
      }
      List<float[]> weights = new ArrayList<>();
      List<List<Integer>> dims = new ArrayList<>();
      for (WeightRef ref : layer.weights()) {
        weights.add(weights(ref));
        dims.add(ref.dims());
      }
      tensors.add(layer.operator().accept(new NaiveCall(inputs, shapes.get(i + 1), weights, dims)));
    }
    return tensors.stream().map(NaiveTensor::values).toList();
  }

  private float[] weights(WeightRef ref) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect((int) ref.bytes()).order(ByteOrder.nativeOrder());
    provider.read(ref, bytes);
    FloatBuffer floats = bytes.clear().order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return values;
  }
}
