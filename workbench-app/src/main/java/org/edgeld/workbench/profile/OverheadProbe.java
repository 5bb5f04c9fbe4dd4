package org.edgeld.workbench.profile;

import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Slice;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

/**
 * Tells a compute step's overhead apart from its layers' time: a tiny layer alone takes {@code c +
 * l}, nine of them fused take {@code c + 9·l}. It runs before anything else is timed, often enough
 * that the virtual machine has compiled the way there.
 */
final class OverheadProbe {
  private static final int LAYERS = 9;
  private static final int WARMUP = 300;
  private static final int REPEATS = 31;
  private static final long ENOUGH_NANOS = 400_000_000L;

  private OverheadProbe() {}

  /** Returns the network to time. */
  static ModelGraph graph() {
    GraphBuilder builder =
        new GraphBuilder("overhead", new TensorShape(16, 4, 4), GraphBuilder.seeded(1));
    TensorId last = TensorId.INPUT;
    for (int i = 1; i <= LAYERS; i++) {
      last = builder.add("relu" + i, new Operator.Activate(Activation.RELU), List.of(last));
    }
    return builder.build();
  }

  /** Returns the tiles to time: one layer, and all of them fused. */
  static ProfileSpec spec() {
    TensorShape shape = graph().input();
    List<TileSpec> tiles =
        IntStream.of(1, LAYERS)
            .mapToObj(
                layers -> {
                  Block block = new Block(0, layers);
                  return new TileSpec(block, List.of(Slice.whole(block.last(), shape)));
                })
            .toList();
    return new ProfileSpec(tiles, List.of(), WARMUP, REPEATS, ENOUGH_NANOS);
  }

  /**
   * Returns the overhead.
   *
   * @param nanos times of the tiles of {@link #spec}
   */
  static StepOverhead overhead(long[] nanos) {
    double perLayer = (double) (nanos[1] - nanos[0]) / (LAYERS - 1);
    return new StepOverhead(Math.round(Math.max(0, nanos[0] - Math.max(0, perLayer))));
  }
}
