package org.edgeld.workbench.cluster;

import java.util.Optional;
import org.edgeld.message.AgentInfo;

/**
 * An agent the workbench has heard of.
 *
 * @param address where it listens
 * @param info what it last said of itself; empty if it never answered
 * @param status whether it can be used now
 * @param source how the workbench knows it
 * @param detail a sentence for the user about the status, empty when ready
 */
public record KnownAgent(
    AgentAddress address, Optional<AgentInfo> info, Status status, Source source, String detail) {
  /** Whether an agent can be used. */
  public enum Status {
    READY,
    BUSY,
    OFFLINE,
    /** It answers, but with another key or protocol version. */
    REFUSED
  }

  /** How the workbench knows an agent. */
  public enum Source {
    DISCOVERED,
    ADDED,
    /** Started by this workbench on this computer. */
    LOCAL
  }

  /** Returns its name, or its address while the name is unknown. */
  public String name() {
    return info.map(AgentInfo::name).orElseGet(address::toString);
  }
}
