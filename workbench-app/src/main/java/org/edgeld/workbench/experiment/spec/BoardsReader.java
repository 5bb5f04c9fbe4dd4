package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.json.JsonChoice;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;

/** Reads what a specification says of the devices: addresses of boards, or what is emulated. */
final class BoardsReader {
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
   */
  static List<Boards> boards(JsonFields json, List<String> all, List<String> agents)
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
    List<Double> shares =
        json.has("cpuShares")
            ? SpecReader.distinct(json, "cpuShares", json.numbers("cpuShares", 0.001, 1))
            : List.of(1.0);
    List<Double> rates =
        json.has("linkMbps")
            ? SpecReader.distinct(json, "linkMbps", json.numbers("linkMbps", LEAST_MBPS, MOST_MBPS))
            : List.of(0.0);
    double delay = json.has("linkDelayMs") ? json.number("linkDelayMs", 0, 10_000) : 0;
    double memory =
        json.has("memoryMb") ? json.number("memoryMb", LEAST_MEGABYTES, MOST_MEGABYTES) : 0;
    List<Boards> boards = new ArrayList<>();
    for (double share : shares) {
      for (double rate : rates) {
        Boards board = new Boards(share, rate, delay, memory, List.of());
        boards.add(board);
        new LocalClusterSpec(1, board.emulation(), 1);
      }
    }
    return boards;
  }
}
