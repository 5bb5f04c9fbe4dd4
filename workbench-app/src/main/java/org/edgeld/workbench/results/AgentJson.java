package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;

/** What an agent says of itself, as JSON. */
public final class AgentJson {
  private AgentJson() {}

  /**
   * Returns the agent as a JSON object; an emulated value that is off is 0, a share that is off 1.
   */
  public static ObjectNode of(AgentInfo info) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", info.name());
    json.put("agentId", info.agentId());
    json.put("version", info.version());
    json.put("processor", info.processor());
    json.put("architecture", info.architecture());
    json.put("cores", info.cores());
    json.put("threads", info.threads());
    json.put("memoryBytes", info.memoryBytes());
    json.put("engine", info.engine());
    Emulation emulation = info.emulation();
    json.put("emulated", emulation.active());
    json.putObject("emulation")
        .put("cpuShare", emulation.cpuShare())
        .put("linkMbps", emulation.linkBitsPerSecond() / 1e6)
        .put("linkDelayMs", emulation.linkDelayNanos() / 1e6)
        .put("memoryBytes", emulation.memoryBytes());
    return json;
  }
}
