package org.edgeld.workbench.ui.cluster;

import java.util.Optional;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.KnownAgent;

/**
 * An agent as the list shows it.
 *
 * @param agent what the directory knows
 * @param included whether the researcher wants it
 * @param device its place among the devices of the plan; empty if it takes no part
 * @param head whether it is the head
 * @param figures measured speed and link, empty before profiling
 */
public record AgentItem(
    KnownAgent agent,
    boolean included,
    Optional<DeviceId> device,
    boolean head,
    Optional<AgentFigures> figures) {
  /** Returns what stays the same while the agent's process lives. */
  public String key() {
    return keyOf(agent);
  }

  static String keyOf(KnownAgent agent) {
    return agent.info().map(info -> info.agentId()).orElseGet(() -> agent.address().toString());
  }

  /** Tells whether the agent answers and accepts this workbench. */
  public boolean usable() {
    return usable(agent);
  }

  static boolean usable(KnownAgent agent) {
    boolean answers =
        agent.status() == KnownAgent.Status.READY || agent.status() == KnownAgent.Status.BUSY;
    return answers && agent.info().isPresent();
  }
}
