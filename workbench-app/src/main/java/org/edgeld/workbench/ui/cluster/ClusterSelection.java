package org.edgeld.workbench.ui.cluster;

import java.util.List;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.KnownAgent;

/**
 * The agents that take part.
 *
 * @param agents device 0, 1, …; empty if there is none
 * @param head who holds input and output
 */
public record ClusterSelection(List<KnownAgent> agents, DeviceId head) {
  /** Nobody takes part. */
  public static final ClusterSelection EMPTY = new ClusterSelection(List.of(), new DeviceId(0));

  public ClusterSelection {
    agents = List.copyOf(agents);
  }

  /** Returns what the agents say of themselves. */
  public List<AgentInfo> infos() {
    return agents.stream().flatMap(agent -> agent.info().stream()).toList();
  }

  /** Returns the ids of the agents. */
  public List<String> agentIds() {
    return infos().stream().map(AgentInfo::agentId).toList();
  }

  boolean sameDevices(ClusterSelection other) {
    return head.equals(other.head)
        && agentIds().equals(other.agentIds())
        && agents.stream()
            .map(KnownAgent::address)
            .toList()
            .equals(other.agents.stream().map(KnownAgent::address).toList());
  }
}
