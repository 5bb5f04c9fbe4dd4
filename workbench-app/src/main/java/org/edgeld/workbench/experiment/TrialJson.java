package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.json.JsonFields;

/** A finished trial as JSON, and back. */
final class TrialJson {
  private static final double ANY = Double.MAX_VALUE;

  private TrialJson() {}

  /** Returns a trial as JSON; what it measured is repeated, so that a line can be read alone. */
  static ObjectNode of(TrialRecord record) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Configuration configuration = record.trial().configuration();
    json.put("trial", record.trial().id());
    json.setAll(TrialSubject.of(configuration));
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
    TrialSubject.requireSame(json, fields, trial);
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
