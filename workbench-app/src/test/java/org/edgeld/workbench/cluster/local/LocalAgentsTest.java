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
  void noMoreAgentsComputeAtATimeThanThereAreCores() {
    assertThat(turns(4, 0.35, 2)).isEqualTo(2);
    assertThat(turns(4, 0.9, 1)).isEqualTo(1);
  }
}
