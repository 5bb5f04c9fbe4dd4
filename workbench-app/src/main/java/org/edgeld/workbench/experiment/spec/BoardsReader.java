package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.PerDevice;
import org.edgeld.workbench.json.JsonChoice;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;

/** Reads what a specification says of the devices: addresses of boards, or what is emulated. */
final class BoardsReader {
  private static final double LEAST_SHARE = 0.001;
  private static final double LEAST_MBPS = 0.001;
  private static final double MOST_MBPS = 1e6;
  private static final double LEAST_MEGABYTES = 1;
  private static final double MOST_MEGABYTES = 1e6;

  private BoardsReader() {}

  /** Returns the addresses that the sweep names, none for local agents. */
  static List<String> agents(JsonFields json) throws JsonDefectException {
    if (!json.has("agents")) {
      return List.of();
    }
    List<String> agents = SpecReader.distinct(json, "agents", json.texts("agents"));
    for (int i = 0; i < agents.size(); i++) {
      try {
        AgentAddress.parse(agents.get(i));
      } catch (IllegalArgumentException e) {
        throw json.defect(
            "agents[%d]".formatted(i), "(%s): ".formatted(agents.get(i)) + e.getMessage());
      }
    }
    return agents;
  }

  /** Returns the agents that a grid chooses, all if it does not say. */
  static List<String> chosen(JsonFields grid, List<String> all) throws JsonDefectException {
    if (!grid.has("agents")) {
      return all;
    }
    if (all.isEmpty()) {
      throw grid.problem(
          "agents",
          "chooses among the agents of the sweep, but it names none",
          "name them beside grids");
    }
    List<String> chosen = SpecReader.distinct(grid, "agents", grid.texts("agents"));
    for (int i = 0; i < chosen.size(); i++) {
      if (!all.contains(chosen.get(i))) {
        throw JsonChoice.unknown(
            grid,
            "agents[%d]".formatted(i),
            chosen.get(i),
            "one of the agents that the sweep names outside of its grids",
            all,
            "");
      }
    }
    return chosen;
  }

  /**
   * Returns the kinds of boards of a grid.
   *
   * @param all agents of the sweep
   * @param agents those that the grid chooses
   * @param mostDevices of the grid
   */
  static List<Boards> boards(
      JsonFields json, List<String> all, List<String> agents, int mostDevices)
      throws JsonDefectException {
    List<String> emulated = List.of("cpuShares", "linkMbps", "linkDelayMs", "memoryMb");
    if (!agents.isEmpty()) {
      for (String field : emulated) {
        if (json.has(field)) {
          throw json.problem(field, "emulates, but agents are named", "leave out one of both");
        }
      }
      return List.of(agents.equals(all) ? Boards.REAL : Boards.of(agents));
    }
    List<PerDevice> shares = dealt(json, "cpuShares", LEAST_SHARE, 1, 1, mostDevices);
    List<PerDevice> rates = dealt(json, "linkMbps", LEAST_MBPS, MOST_MBPS, 0, mostDevices);
    double delay = json.has("linkDelayMs") ? json.number("linkDelayMs", 0, 10_000) : 0;
    double memory =
        json.has("memoryMb") ? json.number("memoryMb", LEAST_MEGABYTES, MOST_MEGABYTES) : 0;
    List<Boards> boards = new ArrayList<>();
    for (PerDevice share : shares) {
      for (PerDevice rate : rates) {
        boards.add(new Boards(share, rate, delay, memory, List.of()));
      }
    }
    return boards;
  }

  /** Returns what is crossed of a field: a number for all devices, or a list dealt out to them. */
  private static List<PerDevice> dealt(
      JsonFields json, String field, double least, double most, double otherwise, int mostDevices)
      throws JsonDefectException {
    if (!json.has(field)) {
      return List.of(PerDevice.all(otherwise));
    }
    List<PerDevice> dealt = new ArrayList<>();
    for (List<Double> values : json.numbersOrLists(field, least, most)) {
      String path = "%s[%d]".formatted(field, dealt.size());
      if (values.isEmpty()) {
        throw json.problem(path, "is empty", "name a number for each device, the head first");
      }
      if (values.size() > mostDevices) {
        throw json.problem(
            path,
            "(%s) are %d numbers for %d devices".formatted(values, values.size(), mostDevices),
            "leave some out; they are dealt out in turn, the head first");
      }
      dealt.add(new PerDevice(values));
    }
    return SpecReader.distinct(json, field, dealt);
  }
}
