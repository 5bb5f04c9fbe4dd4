package org.edgeld.workbench.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutionException;
import org.edgeld.message.AgentMessage.LinkProfile;
import org.edgeld.workbench.cluster.ClusterException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class AnsweredTest {
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -1})
  void whatIsNoRateIsRefusedInTheNameOfItsAgent(double rate) {
    assertThat(Answered.isRate(rate)).isFalse();
    assertThatThrownBy(() -> Answered.link("pi-3", new LinkProfile(1, 10, 1, rate)))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("pi-3");
  }

  @Test
  void aPossibleLinkIsTakenAsItIs() throws Exception {
    assertThat(Answered.link("pi-3", new LinkProfile(1, 10, 2, 1e8)))
        .isEqualTo(new LinkEstimate(10, 2, 1e8));
  }

  @Test
  void asManyTimesAreTakenAsWereAsked() throws Exception {
    assertThat(Answered.nanos("pi-3", 2, new long[] {5, 0})).containsExactly(5, 0);
    for (long[] wrong : new long[][] {{}, {1}, {1, 2, 3}, {1, -2}}) {
      assertThatThrownBy(() -> Answered.nanos("pi-3", 2, wrong))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("pi-3");
    }
  }
}
