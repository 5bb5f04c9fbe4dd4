package org.edgeld.agent.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  /** How much longer the inputs of computed tiles were than the slices alone, in bytes. */
  private final Set<Long> zeros = new HashSet<>();

  private final List<String> loaded = new ArrayList<>();

  /** Computes with another engine and notes what it is given. */
  private final class Noting implements TileEngine {
    private final TileEngine engine;

    Noting(TileEngine engine) {
      this.engine = engine;
    }

    @Override
    public String describe() {
      return engine.describe();
    }

    @Override
    public LoadedModel load(ModelGraph graph, Map<Integer, Range> channels, WeightProvider weights)
        throws IOException {
      loaded.add(graph.name());
      LoadedModel model = engine.load(graph, channels, weights);
      return new LoadedModel() {
        @Override
        public TileResult compute(BlockTile tile, List<ByteBuffer> inputs, Pacer pacer) {
          for (int i = 0; i < inputs.size(); i++) {
            zeros.add(inputs.get(i).remaining() - tile.inputs().get(i).bytes());
          }
          return model.compute(tile, inputs, pacer);
        }

        @Override
        public long weightBytes() {
          return model.weightBytes();
        }

        @Override
        public void close() {
          model.close();
        }
      };
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  @Test
  void theEngineComputesEveryTileOfTheWarmUpAlsoBesideZeros() throws IOException {
    try (TileEngine engine = new Noting(new DjlTileEngine(1))) {
      WarmUp.run(engine);
    }
    assertThat(loaded).containsExactly("warm-up", "packed");
    long row = 8 * 12 * Float.BYTES;
    assertThat(zeros).containsExactlyInAnyOrder(0L, row);
  }
}
