package org.edgeld.workbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class AgentAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:47300", "[::1]:47300", "pi5-01:47300", "10.77.0.10:1"})
  void whatIsReadIsWrittenTheSameWay(String text) {
    assertThat(AgentAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pi5-01", "pi5-01:", ":47300", "pi5-01:0", "pi5-01:65536", "a:b"})
  void whatIsNoAddressIsRefusedInOneSentence(String text) {
    assertThatThrownBy(() -> AgentAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an agent's address. Maybe");
  }

  @Test
  void knowsWhichAgentsShareThisComputer() {
    assertThat(AgentAddress.parse("127.0.0.1:1").isLoopback()).isTrue();
    assertThat(AgentAddress.parse("[::1]:1").isLoopback()).isTrue();
    assertThat(AgentAddress.parse("localhost:1").isLoopback()).isTrue();
    assertThat(AgentAddress.parse("10.77.0.10:1").isLoopback()).isFalse();
  }
}
