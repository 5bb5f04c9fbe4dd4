package org.edgeld.workbench.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class LocalAgentsTest {
  private static int turns(int agents, double share, int cores) {
    return LocalAgents.turns(new LocalClusterSpec(agents, new Emulation(share, 0, 0, 0), 1), cores);
  }

  @Test
  void asFewAgentsComputeAtATimeAsKeepTheirShares() {
    assertThat(turns(4, 0.1, 8)).isEqualTo(1);
    assertThat(turns(5, 0.1, 8)).isEqualTo(1);
    assertThat(turns(4, 0.35, 8)).isEqualTo(3);
    assertThat(turns(8, 0.5, 16)).isEqualTo(8);
  }

  @Test
  void unequalAgentsTakeTurnsWithThoseThatWantLeast() {
    double[] shares = {0.4, 0.1, 0.1, 0.2, 1};
    LocalClusterSpec spec = LocalClusterSpec.of(5, i -> new Emulation(shares[i], 0, 0, 0), 1);
    assertThat(LocalAgents.turns(spec, 8)).as("not counting what takes no turns").isEqualTo(2);
    assertThat(LocalAgents.dealtTurns(spec, 8)).startsWith(0, 1, 1, 1);
    LocalClusterSpec equal = new LocalClusterSpec(5, new Emulation(0.3, 0, 0, 0), 1);
    assertThat(LocalAgents.dealtTurns(equal, 8)).containsExactly(0, 1, 2, 0, 1);
  }

  @Test
  void noMoreAgentsComputeAtATimeThanThereAreCores() {
    assertThat(turns(4, 0.35, 2)).isEqualTo(2);
    assertThat(turns(4, 0.9, 1)).isEqualTo(1);
  }
}
