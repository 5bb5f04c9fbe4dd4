package org.edgeld.agent.profile;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void theEngineComputesEveryTileOfTheWarmUp() {
    try (TileEngine engine = new DjlTileEngine(1)) {
      assertThatCode(() -> WarmUp.run(engine)).doesNotThrowAnyException();
    }
  }
}
