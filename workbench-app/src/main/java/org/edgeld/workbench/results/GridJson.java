package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import org.edgeld.workbench.compare.ClusterGrid;
import org.edgeld.workbench.compare.GridCell;
import org.edgeld.workbench.compare.Outcome;

/** Simulated clusters as JSON; fields are described in {@code docs/results.md}. */
public final class GridJson {
  private GridJson() {}

  /**
   * Returns the clusters as a JSON object.
   *
   * @param model id of the model
   */
  public static ObjectNode of(String model, ClusterGrid grid, List<GridCell> cells) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model);
    json.put("inputSize", grid.graph().input().height());
    json.put("linkDelayMs", grid.linkDelayNanos() / 1e6);
    json.put("headRole", grid.method().headRole().id());
    json.put("precision", grid.method().precision().id());
    ArrayNode clusters = json.putArray("clusters");
    for (GridCell cell : cells) {
      ObjectNode cluster = clusters.addObject();
      cluster.put("boards", cell.kind().label());
      cluster.put("devices", cell.devices());
      cluster.put("linkMbps", cell.linkBitsPerSecond() / 1e6);
      number(cluster, "localMs", cell.localNanos(), 1e-6);
      number(cluster, "lowerBoundMs", cell.lowerBoundNanos(), 1e-6);
      number(cluster, "largestSpeedup", cell.largestSpeedup(), 1);
      ArrayNode plans = cluster.putArray("plans");
      for (int i = 0; i < cell.outcomes().size(); i++) {
        plans.add(plan(grid.contenders().get(i).name(), cell, cell.outcomes().get(i)));
      }
    }
    return json;
  }

  private static ObjectNode plan(String contender, GridCell cell, Outcome outcome) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("contender", contender);
    json.setAll(MethodJson.of(outcome.request().method()));
    if (outcome instanceof Outcome.Planned planned) {
      PlanJson.figures(json, planned.run());
      json.put("largestMemoryBytes", planned.largestMemoryBytes());
      number(json, "speedupLocal", cell.speedup(outcome), 1);
    } else if (outcome instanceof Outcome.Infeasible none) {
      json.put("reason", none.reason());
    }
    return json;
  }

  private static void number(ObjectNode json, String field, OptionalDouble value, double unit) {
    json.put(field, value.isPresent() ? (Double) (value.getAsDouble() * unit) : null);
  }
}
