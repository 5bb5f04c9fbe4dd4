package org.edgeld.workbench.cli;

import java.time.Duration;
import java.util.List;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.LocalClusterSpec;

/** Which agents a command works with. */
sealed interface ClusterChoice {
  /** Returns how many agents there will be. */
  int count();

  /** Agents started for this command and stopped after it. */
  record Local(LocalClusterSpec spec) implements ClusterChoice {
    @Override
    public int count() {
      return spec.agents();
    }
  }

  /**
   * Agents that answer on the network.
   *
   * @param count how many are wanted
   * @param patience how long to look for them
   */
  record Discover(int count, Duration patience) implements ClusterChoice {}

  /** Agents at known addresses, in this order. */
  record Addresses(List<AgentAddress> addresses) implements ClusterChoice {
    public Addresses {
      addresses = List.copyOf(addresses);
    }

    @Override
    public int count() {
      return addresses.size();
    }
  }
}
