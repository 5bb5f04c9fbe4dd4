package org.edgeld.workbench.experiment.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonTree;

/**
 * Where a sweep was measured and what, as far as its {@code environment.json} says.
 *
 * @param environment content of the file; an empty object if there is none
 */
public record SweepOrigin(JsonNode environment) {
  /** Nothing is known. */
  public static final SweepOrigin UNKNOWN = new SweepOrigin(JsonNodeFactory.instance.objectNode());

  /** What times depend on, of the computer of the workbench. */
  private static final List<String> COMPUTER =
      List.of("processor", "architecture", "cores", "memoryBytes", "os", "kernel", "governor");

  /** What times depend on, of an agent. */
  private static final List<String> AGENT =
      List.of("processor", "architecture", "cores", "threads", "kernel", "governor", "engine");

  /** Reads a sweep's folder; what is not there or damaged is not known. */
  public static SweepOrigin of(SweepFolder folder) throws IOException {
    try {
      return Files.exists(folder.environment())
          ? new SweepOrigin(JsonTree.read(folder.environment()))
          : UNKNOWN;
    } catch (JsonDefectException e) {
      return UNKNOWN;
    }
  }

  /** Tells whether both sweeps had the same layers and weights under a name, if both say so. */
  boolean sameNetwork(SweepOrigin other, Network network) {
    Optional<List<String>> here = digests(network);
    Optional<List<String>> there = other.digests(network);
    return here.isEmpty() || there.isEmpty() || here.equals(there);
  }

  private Optional<List<String>> digests(Network network) {
    for (JsonNode model : environment.path("models")) {
      if (model.path("model").asText().equals(network.model())
          && model.path("inputSize").asInt() == network.inputSize()) {
        return Optional.of(
            List.of(model.path("graphSha256").asText(), model.path("weightsSha256").asText()));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns what times depend on and is another in another sweep: {@code agents' processor (A; B)}.
   */
  List<String> differences(SweepOrigin other) {
    Map<String, Set<String>> here = values(environment.path("sessions"));
    Map<String, Set<String>> there = other.values(other.environment.path("sessions"));
    List<String> differences = new ArrayList<>();
    here.forEach(
        (what, values) -> {
          Set<String> others = there.getOrDefault(what, Set.of());
          if (!others.isEmpty() && !values.equals(others)) {
            differences.add(
                "%s (%s; %s)"
                    .formatted(what, String.join(", ", values), String.join(", ", others)));
          }
        });
    return differences;
  }

  /** Returns what agents of one name differ in from one start of the sweep to another, as words. */
  List<String> agentsThatChanged() {
    Map<List<String>, String> known = new HashMap<>();
    Set<String> changed = new TreeSet<>();
    for (JsonNode session : environment.path("sessions")) {
      for (JsonNode agent : session.path("agents")) {
        for (String fact : AGENT) {
          if (agent.path(fact).isMissingNode()) {
            continue; // an older workbench did not note it
          }
          String value = agent.path(fact).asText();
          String before = known.putIfAbsent(List.of(agent.path("name").asText(), fact), value);
          if (before != null && !before.equals(value)) {
            changed.add("agents' " + fact);
          }
        }
      }
    }
    return List.copyOf(changed);
  }

  private Map<String, Set<String>> values(JsonNode sessions) {
    Map<String, Set<String>> values = new TreeMap<>();
    for (JsonNode session : sessions) {
      COMPUTER.forEach(fact -> add(values, fact, session.path(fact)));
      agents(session, values);
    }
    return values;
  }

  /** Emulation of local agents is the specification's, and other kinds of boards are no change. */
  private static void agents(JsonNode session, Map<String, Set<String>> values) {
    for (JsonNode agent : session.path("agents")) {
      AGENT.forEach(fact -> add(values, "agents' " + fact, agent.path(fact)));
      if (!agent.path("name").asText().startsWith("local-")) {
        add(values, "agents' emulation", agent.path("emulation"));
      }
    }
  }

  private static void add(Map<String, Set<String>> values, String what, JsonNode value) {
    if (!value.isMissingNode()) {
      values
          .computeIfAbsent(what, key -> new TreeSet<>())
          .add(value.isValueNode() ? value.asText() : value.toString());
    }
  }
}
