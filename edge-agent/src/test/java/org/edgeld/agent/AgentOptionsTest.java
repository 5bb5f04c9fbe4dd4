package org.edgeld.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.edgeld.message.Emulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line asks to emulate. */
class AgentOptionsTest {
  @Test
  void nothingIsEmulatedUnlessAskedFor() {
    assertThat(new AgentOptions().emulation()).isEqualTo(Emulation.NONE);
  }

  @Test
  void unitsAreThoseOfTheOptions() {
    AgentOptions options = new AgentOptions();
    options.cpuShare = 0.35;
    options.linkMbps = 1000;
    options.linkDelayMs = 0.5;
    options.memoryMb = 512;

    assertThat(options.emulation())
        .isEqualTo(new Emulation(0.35, 1_000_000_000L, 500_000, 512_000_000L));
  }

  @ParameterizedTest
  @CsvSource({"NaN, 0", "1e-9, 0", "-1, 0", "0, NaN", "0, 1e-9", "0, -1"})
  void aLinkThatCannotBeEmulatedIsNotSilentlyLeftOut(double mbps, double delayMs) {
    AgentOptions options = new AgentOptions();
    options.linkMbps = mbps;
    options.linkDelayMs = delayMs;

    assertThatIllegalArgumentException().isThrownBy(options::emulation);
  }
}
