package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;

/**
 * A whole network as one call of PyTorch: the reference that the runtime is compared with. It takes
 * chains of convolutions without dilation, maximum pools without padding, flattening and linear
 * layers, as VGG16 is one.
 */
public final class UndividedNetwork implements AutoCloseable {
  private final DjlTileEngine engine;
  private final PtNDManager manager;
  private final PtSymbolBlock script;
  private final List<SharedWeights.Part> acquired;
  private final IValue weights;
  private final IValue input;

  private UndividedNetwork(
      DjlTileEngine engine,
      PtNDManager manager,
      PtSymbolBlock script,
      List<SharedWeights.Part> acquired,
      IValue weights,
      IValue input) {
    this.engine = engine;
    this.manager = manager;
    this.script = script;
    this.acquired = acquired;
    this.weights = weights;
    this.input = input;
  }

  /**
   * Writes the network as TorchScript and loads it.
   *
   * @throws IllegalArgumentException if a layer is not of the kinds above
   * @throws IOException if weights cannot be read
   */
  public static UndividedNetwork load(
      DjlTileEngine engine, ModelGraph graph, WeightProvider provider) throws IOException {
    engine.prepareThread();
    List<SharedWeights.Part> acquired = new ArrayList<>();
    try {
      return load(engine, graph, provider, acquired);
    } catch (IOException | RuntimeException e) {
      acquired.forEach(engine.weights()::release);
      throw e;
    }
  }

  private static UndividedNetwork load(
      DjlTileEngine engine,
      ModelGraph graph,
      WeightProvider provider,
      List<SharedWeights.Part> acquired)
      throws IOException {
    StringBuilder code = new StringBuilder();
    code.append("  def forward(self: __torch__.Script, x0: Tensor, w: List[Tensor]) -> Tensor:\n");
    List<PtNDArray> arrays = new ArrayList<>();
    int last = graph.layers().size();
    for (int i = 0; i < last; i++) {
      Layer layer = graph.layers().get(i);
      code.append("    x").append(i + 1).append(" = ").append(call(layer, i, arrays.size()));
      code.append('\n');
      for (WeightRef ref : layer.weights()) {
        SharedWeights.Part part = engine.weights().acquire(ref, provider);
        arrays.add((PtNDArray) part.array());
        acquired.add(part);
      }
    }
    code.append("    return x").append(last).append('\n');
    PtNDManager manager = (PtNDManager) engine.manager().newSubManager();
    PtSymbolBlock script;
    try {
      script = Script.compile(manager, code.toString());
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
    int channels = graph.input().channels();
    NDArray nhwc =
        manager.full(new Shape(1, graph.input().height(), graph.input().width(), channels), 0.5f);
    return new UndividedNetwork(
        engine,
        manager,
        script,
        acquired,
        IValue.listFrom(arrays.toArray(PtNDArray[]::new)),
        IValue.from((PtNDArray) Layout.fromNhwc(nhwc)));
  }

  private static String call(Layer layer, int x, int weight) {
    Operator operator = layer.operator();
    if (operator instanceof Operator.Conv2d op
        && isPlain(op.vertical())
        && isPlain(op.horizontal())) {
      return activated(
          op.activation(),
          "torch.conv2d(x%d, w[%d], w[%d], [%d, %d], [%d, %d], [1, 1], %d)"
              .formatted(
                  x,
                  weight,
                  weight + 1,
                  op.vertical().stride(),
                  op.horizontal().stride(),
                  op.vertical().padBefore(),
                  op.horizontal().padBefore(),
                  op.groups()));
    }
    if (operator instanceof Operator.Pool2d op
        && op.kind() == Operator.PoolKind.MAX
        && !op.ceilMode()
        && isPlain(op.vertical())
        && isPlain(op.horizontal())
        && op.vertical().padBefore() + op.horizontal().padBefore() == 0) {
      return "torch.max_pool2d(x%d, [%d, %d], [%d, %d], [0, 0], [1, 1], False)"
          .formatted(
              x,
              op.vertical().kernel(),
              op.horizontal().kernel(),
              op.vertical().stride(),
              op.horizontal().stride());
    }
    if (operator instanceof Operator.Flatten) {
      return "torch.flatten(x%d, 1, 3)".formatted(x);
    }
    if (operator instanceof Operator.Linear op) {
      return activated(
          op.activation(), "torch.linear(x%d, w[%d], w[%d])".formatted(x, weight, weight + 1));
    }
    throw new IllegalArgumentException(
        "The layer %s (%s) has no place in an undivided reference."
            .formatted(layer.name(), operator.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
  }

  /** Tells whether taps lie side by side, and as many zeros before the input as behind. */
  private static boolean isPlain(Window window) {
    return window.dilation() == 1 && window.padBefore() == window.padAfter();
  }

  private static String activated(Activation activation, String call) {
    return switch (activation.kind()) {
      case NONE -> call;
      case RELU -> "torch.relu(" + call + ")";
      default ->
          throw new IllegalArgumentException(
              "The activation " + activation + " has no place in an undivided reference.");
    };
  }

  /** Runs the network once and returns how long that took, in nanoseconds. */
  public long once() {
    engine.prepareThread();
    long start = System.nanoTime();
    run().close();
    return System.nanoTime() - start;
  }

  /** Returns the network's output for an input of halves. */
  NDArray run() {
    try (IValue y = IValueUtils.runMethod(script, "forward", input, weights)) {
      return y.toTensor(manager);
    }
  }

  @Override
  public void close() {
    input.close();
    weights.close();
    manager.close();
    acquired.forEach(engine.weights()::release);
  }
}
