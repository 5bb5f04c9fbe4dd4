package org.edgeld.agent.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgeld.message.Emulation;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {
  @Test
  void whatFitsIsNotRefused() {
    assertThat(new MemoryLimit(1000).refusal(1, frames -> 1000)).isEmpty();
    assertThat(new MemoryLimit(0).refusal(8, frames -> Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsRefusedWithBothFigures() {
    assertThat(new MemoryLimit(512_000_000).refusal(2, frames -> 600_000_000))
        .hasValueSatisfying(
            sentence -> assertThat(sentence).contains("600.0 MB").contains("512.0 MB"));
  }

  @Test
  void tooManyFramesInFlightAreRefusedWithHowManyFit() {
    assertThat(new MemoryLimit(10_000_000).refusal(4, frames -> frames * 3_000_000L))
        .contains(
            "4 frames in flight need 12.0 MB, but this device may use 10.0 MB. Maybe use 3 in flight.");
    assertThat(new MemoryLimit(10_000_000).refusal(3, frames -> frames * 3_000_000L)).isEmpty();
  }

  @Test
  void computerItselfIsTheLimitWhereNoneIsEmulated() {
    assertThat(MemoryLimit.of(new Emulation(1, 0, 0, 1000))).isEqualTo(new MemoryLimit(1000));
    MemoryLimit own = MemoryLimit.of(new Emulation(1, 0, 0, 0));
    assertThat(own.bytes()).isPositive().isEqualTo(MemoryLimit.physicalMemoryBytes());
    assertThat(own.refusal(1, frames -> own.bytes() + 1)).isPresent();
  }
}
