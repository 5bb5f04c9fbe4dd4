package org.edgeld.agent.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgeld.message.Emulation;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {
  @Test
  void whatFitsIsNotRefused() {
    assertThat(new MemoryLimit(1000).refusal(1000)).isEmpty();
    assertThat(new MemoryLimit(0).refusal(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsRefusedWithBothFigures() {
    assertThat(new MemoryLimit(512_000_000).refusal(600_000_000))
        .hasValueSatisfying(
            sentence -> assertThat(sentence).contains("600.0 MB").contains("512.0 MB"));
  }

  @Test
  void computerItselfIsTheLimitWhereNoneIsEmulated() {
    assertThat(MemoryLimit.of(new Emulation(1, 0, 0, 1000))).isEqualTo(new MemoryLimit(1000));
    MemoryLimit own = MemoryLimit.of(new Emulation(1, 0, 0, 0));
    assertThat(own.bytes()).isPositive().isEqualTo(MemoryLimit.physicalMemoryBytes());
    assertThat(own.refusal(own.bytes() + 1)).isPresent();
  }
}
