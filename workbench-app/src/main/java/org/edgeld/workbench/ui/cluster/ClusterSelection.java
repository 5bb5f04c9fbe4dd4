package org.edgeld.workbench.ui.cluster;

import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.KnownAgent;

/**
 * The devices that take part.
 *
 * @param agents device 0, 1, …; empty if there is none, or others are planned for
 * @param head who holds input and output
 * @param paper devices that are planned for in place of agents; empty while agents are
 */
public record ClusterSelection(List<KnownAgent> agents, DeviceId head, Optional<Paper> paper) {
  /** Nobody takes part. */
  public static final ClusterSelection EMPTY = new ClusterSelection(List.of(), new DeviceId(0));

  public ClusterSelection {
    agents = List.copyOf(agents);
  }

  /** Creates a selection of agents. */
  public ClusterSelection(List<KnownAgent> agents, DeviceId head) {
    this(agents, head, Optional.empty());
  }

  /** Tells whether there is nothing to plan for. */
  public boolean nobody() {
    return agents.isEmpty() && paper.isEmpty();
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
        && paper.equals(other.paper)
        && agentIds().equals(other.agentIds())
        && agents.stream()
            .map(KnownAgent::address)
            .toList()
            .equals(other.agents.stream().map(KnownAgent::address).toList());
  }
}
