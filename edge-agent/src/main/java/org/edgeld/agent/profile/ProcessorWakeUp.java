package org.edgeld.agent.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * Some 0.3 ms of the work that devices do, a small convolution again and again, after which a
 * processor that slept is as fast as a busy one. Any thread may run it.
 */
public final class ProcessorWakeUp implements Runnable {
  private static final long NANOS = 300_000;
  private static final int CHANNELS = 64;
  private static final int SIZE = 14;

  private final LoadedModel model;
  private final BlockTile tile;
  private final ByteBuffer input;

  /**
   * @throws IOException never, for the weights need no file
   */
  public ProcessorWakeUp(TileEngine engine) throws IOException {
    GraphBuilder builder =
        new GraphBuilder("wake-up", new TensorShape(CHANNELS, SIZE, SIZE), GraphBuilder.seeded(1));
    builder.conv("conv", TensorId.INPUT, CHANNELS, Window.of(3, 1, 1), Activation.RELU);
    ModelGraph graph = builder.build();
    this.model = engine.load(graph, Set.of(0), new SeededWeights());
    this.tile = BlockTile.of(graph, graph.shapes(), new Block(0, 1), Range.upTo(SIZE));
    this.input = ByteBuffer.allocateDirect(graph.input().bytes()).order(ByteOrder.nativeOrder());
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    do {
      model
          .compute(tile, List.of(input.duplicate().order(ByteOrder.nativeOrder())), Pacer.NONE)
          .close();
    } while (System.nanoTime() - start < NANOS);
  }
}
