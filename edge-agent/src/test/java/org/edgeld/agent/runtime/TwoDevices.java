package org.edgeld.agent.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/**
 * A pooling of rows by two and an activation, the pooling shared by head A and device B. The fake
 * arithmetic of {@link Doubling} needs no engine.
 */
final class TwoDevices {
  static final DeviceId A = new DeviceId(0);
  static final DeviceId B = new DeviceId(1);
  static final TensorId T0 = TensorId.INPUT;
  static final TensorId T1 = new TensorId(1);
  static final TensorId T2 = new TensorId(2);
  static final int ROW_FLOATS = 6;

  private TwoDevices() {}

  /** 2 channels, 8 rows, 3 columns; an average over three rows, then an identity. */
  static ModelGraph graph() {
    GraphBuilder b =
        new GraphBuilder("two-devices", new TensorShape(2, 8, 3), GraphBuilder.seeded(1));
    TensorId t =
        b.add(
            "average",
            new Operator.Pool2d(
                Operator.PoolKind.AVERAGE, Window.of(3, 1, 1), Window.of(1, 1, 0), false, true),
            List.of(T0));
    b.add("relu", new Operator.Activate(Activation.RELU), List.of(t));
    return b.build();
  }

  static Slice rows(TensorId tensor, int start, int end) {
    return Slice.rows(tensor, graph().shapes().get(tensor.index()), new Range(start, end));
  }

  static Step compute(int layer, int start, int end) {
    return new Step.Compute(
        new Block(layer, layer + 1), List.of(rows(TensorId.ofLayer(layer), start, end)));
  }

  static ProgramSet programs(List<Step> stepsOfA, List<Step> stepsOfB) {
    return new ProgramSet(
        graph(), A, List.of(new DeviceProgram(A, stepsOfA), new DeviceProgram(B, stepsOfB)));
  }

  /** A keeps rows 0 to 5 of the average, B computes the others; A does the activation. */
  static ProgramSet programs() {
    return programs(
        List.of(
            new Step.Send(rows(T0, 4, 8), B),
            compute(0, 0, 5),
            new Step.Receive(rows(T1, 5, 8), B),
            new Step.Release(T0),
            compute(1, 0, 8),
            new Step.Release(T1)),
        List.of(
            new Step.Receive(rows(T0, 4, 8), A),
            compute(0, 5, 8),
            new Step.Send(rows(T1, 5, 8), A),
            new Step.Release(T0),
            new Step.Release(T1)));
  }

  /** Yields twice the first element of the input's row of the same number, all over the row. */
  static final class Doubling implements LoadedModel {
    final AtomicInteger open = new AtomicInteger();
    final List<BlockTile> computed = new ArrayList<>();

    /** Compute steps announce themselves here and then wait for {@link #goOn}. */
    volatile CountDownLatch started = new CountDownLatch(0);

    volatile CountDownLatch goOn = new CountDownLatch(0);

    /** Returns the tiles whose computing has begun. */
    List<BlockTile> computed() {
      synchronized (computed) {
        return List.copyOf(computed);
      }
    }

    @Override
    public TileResult compute(BlockTile tile, List<ByteBuffer> inputs, Pacer pacer) {
      synchronized (computed) {
        computed.add(tile);
      }
      ByteBuffer input = inputs.get(0);
      Range inputRows = tile.inputs().get(0).rows();
      if (inputs.size() != 1 || input.remaining() != inputRows.size() * ROW_FLOATS * Float.BYTES) {
        throw new IllegalStateException("The tile " + tile + " got other rows.");
      }
      started.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      pacer.operatorDone();
      Range rows = tile.outputs().get(0).rows();
      ByteBuffer output =
          ByteBuffer.allocateDirect(rows.size() * ROW_FLOATS * Float.BYTES)
              .order(ByteOrder.nativeOrder());
      for (int row = rows.start(); row < rows.end(); row++) {
        int at = (row - inputRows.start()) * ROW_FLOATS * Float.BYTES;
        float value = 2 * input.getFloat(input.position() + at);
        for (int i = 0; i < ROW_FLOATS; i++) {
          output.putFloat(value);
        }
      }
      output.flip();
      open.incrementAndGet();
      return new TileResult() {
        @Override
        public ByteBuffer bytes(int slice) {
          return output.duplicate().order(ByteOrder.nativeOrder());
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }

    @Override
    public long weightBytes() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
