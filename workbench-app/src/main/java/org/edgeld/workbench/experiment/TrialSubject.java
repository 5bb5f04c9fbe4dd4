package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import org.edgeld.program.Precision;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.SpecJson;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.results.MethodJson;

/**
 * What a line of {@code trials.jsonl} says was measured: everything that a configuration is, so
 * that a line can be read alone, and so that lines of another specification are not pooled with
 * those of this one.
 */
final class TrialSubject {
  private static final String METHOD = "method";

  /** What lines of earlier versions mean, which do not say it. Other fields they lack are taken. */
  private static final Map<String, JsonNode> EARLIER =
      Map.of(
          MethodJson.OVERLAP, TextNode.valueOf(Overlap.OFF.id()),
          MethodJson.PRECISION, TextNode.valueOf(Precision.FLOAT32.id()));

  /** What lines of all versions say. */
  private static final Set<String> NEEDED =
      Set.of("model", "inputSize", "devices", "cpuShare", "linkMbps", METHOD);

  private TrialSubject() {}

  /** Returns what a configuration measures. */
  static ObjectNode of(Configuration configuration) {
    Boards boards = configuration.boards();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", configuration.network().model());
    json.put("inputSize", configuration.network().inputSize());
    json.put("devices", configuration.devices());
    json.set("cpuShare", SpecJson.dealt(boards.cpuShares()));
    json.set("linkMbps", SpecJson.dealt(boards.linkMbps()));
    json.put("linkDelayMs", boards.linkDelayMillis());
    json.put("memoryMb", boards.memoryMegabytes());
    boards.agents().forEach(json.putArray("agents")::add);
    json.put("frames", configuration.batch().frames());
    json.put("inFlight", configuration.batch().inFlight());
    json.put(METHOD, configuration.label());
    return json.setAll(MethodJson.of(configuration.method()));
  }

  /**
   * Makes sure that a line says the same of what was measured as the trial of its id.
   *
   * @throws JsonDefectException if it does not
   */
  static void requireSame(JsonNode json, JsonFields fields, Trial trial)
      throws JsonDefectException {
    for (Map.Entry<String, JsonNode> field : of(trial.configuration()).properties()) {
      JsonNode wanted = field.getValue();
      JsonNode found = json.path(field.getKey());
      if (found.isMissingNode()) {
        JsonNode untold = NEEDED.contains(field.getKey()) ? found : wanted;
        found = EARLIER.getOrDefault(field.getKey(), untold);
      }
      boolean same =
          (found.isNumber() && wanted.isNumber())
              ? found.asDouble() == wanted.asDouble()
              : found.equals(wanted)
                  || (field.getKey().equals(METHOD)
                      && trial.configuration().named().isCalled(found.asText()));
      if (!same) {
        throw fields.problem(
            field.getKey(),
            "(%s) is not what the trial %s measures (%s)"
                .formatted(words(found), trial.id(), words(wanted)),
            "spec.json was changed");
      }
    }
  }

  private static String words(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
