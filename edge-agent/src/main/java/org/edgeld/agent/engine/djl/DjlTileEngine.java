package org.edgeld.agent.engine.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;

/**
 * Computes tiles with PyTorch through DJL.
 *
 * <p>Tensors are logically NCHW with batch 1 and lie in memory as NHWC ("channels last"): a strip
 * of rows is one contiguous piece, read from the caller's buffer and handed back without a copy.
 * Weights are prepared once, shared between all models loaded from this engine, and freed with the
 * last of them.
 */
public final class DjlTileEngine implements TileEngine {
  private final int threads;
  private final Engine engine;
  private final NDManager manager;
  private final SharedWeights weights;
  private final Optional<FusedConvolutions> fusedConvolutions;
  private final ThreadLocal<Boolean> threadsSet = ThreadLocal.withInitial(() -> false);

  /**
   * Starts PyTorch in this process.
   *
   * @param threads threads that one operator may use, at least 1; more than the processor has free
   *     cores slows it down several times
   */
  public DjlTileEngine(int threads) {
    this(threads, Convolutions.AUTO);
  }

  /**
   * Starts PyTorch in this process.
   *
   * @param threads threads that one operator may use, at least 1
   * @param convolutions which convolutions compute large layers
   * @throws IllegalArgumentException with a sentence for the user, if this computer does not have
   *     the convolutions asked for
   */
  public DjlTileEngine(int threads, Convolutions convolutions) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "The number of compute threads (" + threads + ") is not positive.");
    }
    this.threads = threads;
    keepOfflineAndQuiet();
    this.engine = Engine.getEngine("PyTorch");
    this.manager = engine.newBaseManager();
    this.weights = new SharedWeights(manager);
    prepareThread();
    this.fusedConvolutions =
        convolutions == Convolutions.PLAIN
            ? Optional.empty()
            : FusedConvolutions.load((PtNDManager) manager);
    if (convolutions == Convolutions.PACKED && fusedConvolutions.isEmpty()) {
      manager.close();
      throw new IllegalArgumentException(
          "--convolutions packed: this computer's PyTorch has none that give the outputs of plain"
              + " ones. Maybe use --convolutions auto.");
    }
  }

  /** DJL looks for the network and for telemetry when it starts, unless told not to before. */
  private static void keepOfflineAndQuiet() {
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    setUnlessSet("org.slf4j.simpleLogger.log.ai.djl", "warn");
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  public String describe() {
    return "PyTorch %s (DJL %s, %s convolutions)"
        .formatted(
            engine.getVersion(),
            Engine.getDjlVersion(),
            fusedConvolutions.isPresent() ? Convolutions.PACKED : Convolutions.PLAIN);
  }

  @Override
  public LoadedModel load(ModelGraph graph, Map<Integer, Range> channels, WeightProvider provider)
      throws IOException {
    prepareThread();
    return DjlModel.load(this, graph, channels, provider);
  }

  @Override
  public void close() {
    manager.close();
  }

  /** PyTorch keeps these settings per calling thread. */
  void prepareThread() {
    if (!threadsSet.get()) {
      JniUtils.setNumThreads(threads);
      // a script here is one call, so there is nothing to gain from observing and rewriting it
      JniUtils.setGraphExecutorOptimize(false);
      threadsSet.set(true);
    }
  }

  NDManager manager() {
    return manager;
  }

  SharedWeights weights() {
    return weights;
  }

  /** Returns the way to convolve with packed weights, if this computer has one. */
  Optional<FusedConvolutions> fusedConvolutions() {
    return fusedConvolutions;
  }
}
