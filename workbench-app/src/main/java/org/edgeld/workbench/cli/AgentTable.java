package org.edgeld.workbench.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.results.AgentJson;

/** Agents as text for a terminal and as JSON. */
final class AgentTable {
  private AgentTable() {}

  /** Returns a row per agent. */
  static String text(List<KnownAgent> agents) {
    TextTable table =
        new TextTable("name", "address", "status", "processor", "cores", "memory", "emulated");
    for (KnownAgent agent : agents) {
      table.row(
          agent.name(),
          agent.address().toString(),
          status(agent),
          agent.info().map(AgentInfo::processor).orElse("–"),
          told(agent).map(info -> Integer.toString(info.cores())).orElse("–"),
          told(agent).map(info -> Quantity.bytes(info.memoryBytes())).orElse("–"),
          told(agent).map(info -> emulation(info.emulation())).orElse("–"));
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (KnownAgent agent : agents) {
      if (!agent.detail().isEmpty()) {
        text.append(agent.name()).append(": ").append(agent.detail()).append('\n');
      }
    }
    return text.toString();
  }

  /** Returns what an agent says of itself; one of another version cannot be understood. */
  private static Optional<AgentInfo> told(KnownAgent agent) {
    return agent.info().filter(info -> info.cores() > 0);
  }

  /** Returns an object per agent. */
  static ArrayNode json(List<KnownAgent> agents) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (KnownAgent agent : agents) {
      ObjectNode json = array.addObject();
      json.put("address", agent.address().toString());
      json.put("status", status(agent));
      json.put("detail", agent.detail());
      agent.info().ifPresent(info -> json.setAll(AgentJson.of(info)));
    }
    return array;
  }

  private static String status(KnownAgent agent) {
    return agent.status().name().toLowerCase(Locale.ROOT);
  }

  private static String emulation(Emulation emulation) {
    List<String> parts = new ArrayList<>();
    if (emulation.cpuShare() < 1) {
      parts.add("CPU " + emulation.cpuShare());
    }
    if (emulation.linkBitsPerSecond() > 0) {
      parts.add(Quantity.mbps(emulation.linkBitsPerSecond()) + " Mbit/s");
    }
    if (emulation.linkDelayNanos() > 0) {
      parts.add(Quantity.millis(emulation.linkDelayNanos() / 1e6) + " ms");
    }
    if (emulation.memoryBytes() > 0) {
      parts.add(Quantity.bytes(emulation.memoryBytes()));
    }
    return parts.isEmpty() ? "no" : String.join(", ", parts);
  }
}
