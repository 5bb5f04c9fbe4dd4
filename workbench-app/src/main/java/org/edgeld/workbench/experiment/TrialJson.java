package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.edgeld.program.Precision;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.SpecJson;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.results.MethodJson;

/** A finished trial as JSON, and back. */
final class TrialJson {
  private static final String METHOD = "method";

  /** What lines of earlier versions mean, which do not say it. */
  private static final Map<String, TextNode> EARLIER =
      Map.of(
          MethodJson.OVERLAP, TextNode.valueOf(Overlap.OFF.id()),
          MethodJson.PRECISION, TextNode.valueOf(Precision.FLOAT32.id()));

  private static final double ANY = Double.MAX_VALUE;

  private TrialJson() {}

  /** Returns a trial as JSON; what it measured is repeated, so that a line can be read alone. */
  static ObjectNode of(TrialRecord record) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Configuration configuration = record.trial().configuration();
    json.put("trial", record.trial().id());
    json.setAll(what(configuration));
    json.put("started", record.started().toString());
    json.put("seconds", record.seconds());
    json.put("session", record.session());
    if (record.outcome() instanceof Measured measured) {
      json.set("measured", MeasuredJson.of(measured));
    } else if (record.outcome() instanceof Infeasible infeasible) {
      json.put("infeasible", infeasible.reason());
    } else if (record.outcome() instanceof Failed failed) {
      json.put("failed", failed.cause());
    }
    return json;
  }

  /** Returns what a configuration measures. */
  private static ObjectNode what(Configuration configuration) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", configuration.network().model());
    json.put("inputSize", configuration.network().inputSize());
    json.put("devices", configuration.devices());
    json.set("cpuShare", SpecJson.dealt(configuration.boards().cpuShares()));
    json.set("linkMbps", SpecJson.dealt(configuration.boards().linkMbps()));
    json.put(METHOD, configuration.label());
    json.put(MethodJson.OVERLAP, configuration.method().overlap().id());
    return json.put(MethodJson.PRECISION, configuration.method().precision().id());
  }

  /** A line belongs to the trial of its id only if it says the same of what was measured. */
  private static void requireSame(JsonNode json, JsonFields fields, Trial trial)
      throws JsonDefectException {
    for (Map.Entry<String, JsonNode> field : what(trial.configuration()).properties()) {
      JsonNode found = json.path(field.getKey());
      if (found.isMissingNode() && EARLIER.containsKey(field.getKey())) {
        found = EARLIER.get(field.getKey());
      }
      boolean same =
          (found.isNumber() && field.getValue().isNumber())
              ? found.asDouble() == field.getValue().asDouble()
              : found.equals(field.getValue())
                  || (field.getKey().equals(METHOD)
                      && trial.configuration().named().isCalled(found.asText()));
      if (!same) {
        throw fields.problem(
            field.getKey(),
            "(%s) is not what the trial %s measures (%s)"
                .formatted(words(found), trial.id(), words(field.getValue())),
            "spec.json was changed");
      }
    }
  }

  private static String words(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /**
   * Reads a trial.
   *
   * @param title names the line in errors
   * @param trials those of the sweep, by id
   * @throws JsonDefectException if it is none of this sweep
   */
  static TrialRecord read(JsonNode json, String title, Map<String, Trial> trials)
      throws JsonDefectException {
    JsonFields fields = JsonDocument.of(json, title);
    String id = fields.text("trial");
    Trial trial = trials.get(id);
    if (trial == null) {
      throw fields.problem(
          "trial", "(%s) is none of this sweep".formatted(id), "spec.json was changed");
    }
    requireSame(json, fields, trial);
    TrialRecord.Outcome outcome;
    if (fields.has("measured")) {
      outcome = MeasuredJson.read(fields.object("measured"), trial.configuration());
    } else if (fields.has("infeasible")) {
      outcome = new Infeasible(fields.text("infeasible"));
    } else {
      outcome = new Failed(fields.text("failed"));
    }
    String started = fields.text("started");
    try {
      return new TrialRecord(
          trial,
          Instant.parse(started),
          fields.number("seconds", 0, ANY),
          fields.whole("session", 0, Integer.MAX_VALUE),
          outcome);
    } catch (DateTimeException e) {
      throw fields.problem("started", "(%s) is no time".formatted(started));
    }
  }
}
