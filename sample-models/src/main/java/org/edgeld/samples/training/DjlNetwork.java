package org.edgeld.samples.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;
import org.edgeld.samples.WeightIndex;

/**
 * A chain of layers as trainable DJL tensors, batches in NCHW. It computes what the graph says, so
 * the architecture stands in one place only. Not thread-safe.
 */
final class DjlNetwork implements AutoCloseable {
  private final ModelGraph graph;
  private final NDManager manager;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  /**
   * Sets the engine up; call it before anything else. One thread sums in one order, so the same
   * seed gives the same weights.
   */
  static void configureEngine() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  /** Makes the network with the start values that the graph's seeded weights say. */
  DjlNetwork(ModelGraph graph) {
    this.graph = graph;
    this.manager = NDManager.newBaseManager();
    for (Layer layer : graph.layers()) {
      for (int i = 0; i < layer.weights().size(); i++) {
        NDArray parameter = start((WeightRef.Seeded) layer.weights().get(i));
        parameter.setRequiresGradient(true);
        parameters.put(WeightIndex.name(layer.name(), i == 1), parameter);
      }
    }
  }

  private NDArray start(WeightRef.Seeded ref) {
    float[] values = new float[Math.toIntExact(ref.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = ref.element(i);
    }
    long[] dims = ref.dims().stream().mapToLong(Integer::longValue).toArray();
    return manager.create(values, new Shape(dims));
  }

  /** Returns the weights by name, in the graph's order; they are trained in place. */
  Map<String, NDArray> parameters() {
    return parameters;
  }

  NDManager manager() {
    return manager;
  }

  /** Returns the engine and its version. */
  static String engine() {
    Engine engine = Engine.getInstance();
    return engine.getEngineName() + " " + engine.getVersion();
  }

  /**
   * Computes the logits of a batch.
   *
   * @param batch pictures, N×1×H×W
   * @return logits, N×classes, owned by the batch's manager
   */
  NDArray forward(NDArray batch) {
    NDArray x = batch;
    for (Layer layer : graph.layers()) {
      List<NDArray> weights = new ArrayList<>();
      for (int i = 0; i < layer.weights().size(); i++) {
        weights.add(parameters.get(WeightIndex.name(layer.name(), i == 1)));
      }
      x = new Forward(layer, x, weights).compute();
    }
    return x;
  }

  /** Copies a parameter's values out, little-endian. */
  static ByteBuffer bytes(NDArray parameter) {
    float[] values = parameter.toFloatArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  @Override
  public void close() {
    manager.close();
  }

  /** One layer; of the operators, those that our trained networks consist of. */
  private record Forward(Layer layer, NDArray x, List<NDArray> weights) {
    NDArray compute() {
      Operator operator = layer.operator();
      if (operator instanceof Operator.Conv2d conv) {
        return conv2d(conv);
      }
      if (operator instanceof Operator.Pool2d pool && pool.kind() == Operator.PoolKind.MAX) {
        return maxPool2d(pool);
      }
      if (operator instanceof Operator.Activate activate) {
        return activated(x, activate.activation());
      }
      if (operator instanceof Operator.Flatten) {
        return x.reshape(x.getShape().get(0), -1);
      }
      if (operator instanceof Operator.Linear linear) {
        return activated(
            Linear.linear(x, weights.get(0), weights.get(1)).singletonOrThrow(),
            linear.activation());
      }
      throw untrainable(operator);
    }

    private NDArray conv2d(Operator.Conv2d op) {
      NDArray result =
          Conv2d.conv2d(
                  x,
                  weights.get(0),
                  weights.get(1),
                  shape(op.vertical().stride(), op.horizontal().stride()),
                  padding(op.vertical(), op.horizontal()),
                  shape(op.vertical().dilation(), op.horizontal().dilation()),
                  op.groups())
              .singletonOrThrow();
      return activated(result, op.activation());
    }

    private NDArray maxPool2d(Operator.Pool2d op) {
      return Pool.maxPool2d(
          x,
          shape(op.vertical().kernel(), op.horizontal().kernel()),
          shape(op.vertical().stride(), op.horizontal().stride()),
          padding(op.vertical(), op.horizontal()),
          op.ceilMode());
    }

    private NDArray activated(NDArray value, Activation activation) {
      return switch (activation.kind()) {
        case NONE -> value;
        case RELU -> ai.djl.nn.Activation.relu(value);
        default -> throw untrainable(activation);
      };
    }

    private UnsupportedOperationException untrainable(Object what) {
      return new UnsupportedOperationException(
          "The layer %s is a %s, which this program does not train. Maybe use a plain chain."
              .formatted(layer.name(), what));
    }

    private static Shape shape(int vertical, int horizontal) {
      return new Shape(vertical, horizontal);
    }

    private Shape padding(Window vertical, Window horizontal) {
      if (vertical.padBefore() != vertical.padAfter()
          || horizontal.padBefore() != horizontal.padAfter()) {
        throw untrainable(layer.operator());
      }
      return shape(vertical.padBefore(), horizontal.padBefore());
    }
  }
}
