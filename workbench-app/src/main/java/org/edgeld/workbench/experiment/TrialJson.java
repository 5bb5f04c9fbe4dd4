package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.program.Precision;
import org.edgeld.workbench.experiment.TrialRecord.Accuracy;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
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
  private static final List<String> CONFIGURATIONS = List.of("plan", "local", "remote");
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
      json.set("measured", measured(measured));
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

  private static ObjectNode measured(Measured measured) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("predictedMs", measured.predictedMillis());
    json.put("lowerBoundMs", measured.lowerBoundMillis());
    json.put("bytesMoved", measured.bytesMoved());
    measured.memoryBytes().forEach(json.putArray("memoryBytes")::add);
    json.put("programsSha256", measured.programsSha256());
    ObjectNode samples = json.putObject("samples");
    for (String configuration : CONFIGURATIONS) {
      Samples frames = measured.samples().get(configuration);
      if (frames != null) {
        ObjectNode array = samples.putObject(configuration);
        frames.latencyMillis().forEach(array.putArray("latencyMs")::add);
        frames.overcommittedMillis().forEach(array.putArray("overcommittedMs")::add);
        frames.batchMillis().forEach(array.putArray("batchMs")::add);
      }
    }
    json.put("remoteDevice", measured.remoteDevice());
    json.put("maxAbsError", Double.toString(measured.maxAbsError()));
    json.put("outputScale", Double.toString(measured.outputScale()));
    json.put("outputAgrees", measured.outputAgrees());
    ArrayNode devices = json.putArray("devices");
    for (DeviceTimes device : measured.devices()) {
      devices
          .addObject()
          .put("name", device.name())
          .put("computeMs", device.computeMillis())
          .put("sendMs", device.sendMillis())
          .put("waitMs", device.waitMillis());
    }
    measured.warnings().forEach(json.putArray("warnings")::add);
    json.put("emulated", measured.emulated());
    measured.accuracy().ifPresent(accuracy -> json.set("accuracy", accuracy(accuracy)));
    return json;
  }

  private static ObjectNode accuracy(Accuracy accuracy) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("maxRelativeError", Double.toString(accuracy.maxRelativeError()));
    accuracy.sameTop1Share().ifPresent(share -> json.put("sameTop1Share", share));
    accuracy.top5Share().ifPresent(share -> json.put("top5Share", share));
    return json;
  }

  private static Accuracy accuracy(JsonFields json) throws JsonDefectException {
    return new Accuracy(
        real(json, "maxRelativeError"), share(json, "sameTop1Share"), share(json, "top5Share"));
  }

  private static OptionalDouble share(JsonFields json, String field) throws JsonDefectException {
    return json.has(field) ? OptionalDouble.of(json.number(field, 0, 1)) : OptionalDouble.empty();
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
      outcome = measured(fields.object("measured"), trial.configuration());
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

  private static Measured measured(JsonFields json, Configuration of) throws JsonDefectException {
    Map<String, Samples> samples = new LinkedHashMap<>();
    JsonFields frames = json.object("samples");
    for (String configuration : CONFIGURATIONS) {
      if (frames.has(configuration)) {
        samples.put(configuration, samples(frames.object(configuration)));
      }
    }
    List<DeviceTimes> devices = new ArrayList<>();
    for (JsonFields device : json.objects("devices")) {
      devices.add(
          new DeviceTimes(
              device.text("name"),
              device.number("computeMs", 0, ANY),
              device.number("sendMs", 0, ANY),
              device.number("waitMs", 0, ANY)));
    }
    if (!samples.containsKey(CONFIGURATIONS.get(0))) {
      throw frames.problem(CONFIGURATIONS.get(0), "is missing", "the file was edited");
    }
    if (devices.size() != of.devices()) {
      throw json.problem(
          "devices",
          "(%d) are not the %d of the trial".formatted(devices.size(), of.devices()),
          "the file was edited");
    }
    List<Long> memory = new ArrayList<>();
    for (double bytes : json.numbers("memoryBytes", 0, ANY)) {
      memory.add((long) bytes);
    }
    return new Measured(
        json.number("predictedMs", 0, ANY),
        json.number("lowerBoundMs", 0, ANY),
        json.wholeLong("bytesMoved", 0),
        memory,
        json.text("programsSha256"),
        samples,
        json.whole("remoteDevice", -1, Integer.MAX_VALUE),
        real(json, "maxAbsError"),
        real(json, "outputScale"),
        json.flag("outputAgrees"),
        devices,
        json.texts("warnings"),
        // lines of earlier versions do not say
        json.has("emulated") ? json.flag("emulated") : of.boards().emulated(),
        json.has("accuracy") ? Optional.of(accuracy(json.object("accuracy"))) : Optional.empty());
  }

  private static Samples samples(JsonFields json) throws JsonDefectException {
    List<Double> latencies = json.numbers("latencyMs", 0, ANY);
    List<Double> overcommitted = json.numbers("overcommittedMs", -ANY, ANY);
    List<Double> batches = json.numbers("batchMs", 0, ANY);
    if (latencies.isEmpty() || batches.isEmpty() || latencies.size() != overcommitted.size()) {
      throw json.problem(
          "latencyMs",
          "(%d), overcommittedMs (%d) and batchMs (%d) do not belong together"
              .formatted(latencies.size(), overcommitted.size(), batches.size()),
          "the file was edited");
    }
    return new Samples(latencies, overcommitted, batches);
  }

  /** Errors may be infinite, which JSON has no number for. */
  private static double real(JsonFields json, String field) throws JsonDefectException {
    try {
      return Double.parseDouble(json.text(field));
    } catch (NumberFormatException e) {
      throw json.problem(field, "is no number");
    }
  }
}
