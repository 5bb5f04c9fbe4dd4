package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;

/** What an agent says of itself, as JSON. */
public final class AgentJson {
  private static final double MOST_MBPS = 1e9;
  private static final double MOST_DELAY_MILLIS = 1e9;

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
    json.put("kernel", info.kernel());
    json.put("governor", info.governor());
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

  /**
   * Reads what {@link #of} wrote; where the agent was reached is not part of it.
   *
   * @throws JsonDefectException with a sentence that names the field
   */
  public static AgentInfo read(JsonFields json) throws JsonDefectException {
    JsonFields emulation = json.object("emulation");
    double cpuShare = emulation.number("cpuShare", 0, 1);
    if (cpuShare == 0) {
      throw emulation.problem("cpuShare", "is 0", "1 for a device that is not slowed down");
    }
    return new AgentInfo(
        json.text("agentId"),
        json.text("name"),
        json.text("version"),
        0,
        0,
        0,
        json.text("processor"),
        json.text("architecture"),
        known(json, "kernel"),
        known(json, "governor"),
        json.whole("cores", 0, Integer.MAX_VALUE),
        json.whole("threads", 0, Integer.MAX_VALUE),
        json.wholeLong("memoryBytes", 0),
        json.text("engine"),
        new Emulation(
            cpuShare,
            Math.round(emulation.number("linkMbps", 0, MOST_MBPS) * 1e6),
            Math.round(emulation.number("linkDelayMs", 0, MOST_DELAY_MILLIS) * 1e6),
            emulation.wholeLong("memoryBytes", 0)),
        false);
  }

  /** Files of earlier versions do not say it. */
  private static String known(JsonFields json, String name) throws JsonDefectException {
    return json.has(name) ? json.text(name) : AgentInfo.UNKNOWN;
  }
}
