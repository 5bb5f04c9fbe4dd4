package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.compare.Outcome;

/** The plans of several strategies as JSON; fields are described in {@code docs/results.md}. */
public final class ComparisonJson {
  private ComparisonJson() {}

  /**
   * Returns the comparison as a JSON object.
   *
   * @param model id of the model
   * @param deviceNames in the order of device ids
   */
  public static ObjectNode of(String model, List<String> deviceNames, Comparison comparison) {
    ObjectNode json = PlanJson.place(model, deviceNames, comparison.request());
    ObjectNode common = MethodJson.of(comparison.request().method());
    common.remove(List.of(MethodJson.STRATEGY, MethodJson.OPTIONS));
    json.setAll(common);
    OptionalDouble local = comparison.localNanos();
    json.put("localMs", local.isPresent() ? (Double) (local.getAsDouble() / 1e6) : null);
    ArrayNode plans = json.putArray("plans");
    ArrayNode infeasible = json.putArray("infeasible");
    for (Outcome outcome : comparison.outcomes()) {
      if (outcome instanceof Outcome.Planned planned) {
        plans.add(plan(comparison, planned));
      } else if (outcome instanceof Outcome.Infeasible none) {
        infeasible.addObject().put("strategy", none.strategy()).put("reason", none.reason());
      }
    }
    return json;
  }

  private static ObjectNode plan(Comparison comparison, Outcome.Planned planned) {
    OptionalDouble speedup = comparison.speedup(planned);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("strategy", planned.strategy());
    json.set("options", MethodJson.options(planned.request().method().options()));
    PlanJson.figures(json, planned.run());
    json.put("largestMemoryBytes", planned.largestMemoryBytes());
    json.put("speedupLocal", speedup.isPresent() ? (Double) speedup.getAsDouble() : null);
    json.put("routing", planned.run().plan().routing().id());
    json.set("stages", PlanJson.stages(planned.run()));
    return json;
  }
}
