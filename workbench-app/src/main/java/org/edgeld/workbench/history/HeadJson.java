package org.edgeld.workbench.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.history.RunHead.RunDigests;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.results.AgentJson;
import org.edgeld.workbench.results.MethodJson;
import org.edgeld.workbench.results.RunDetails;
import org.edgeld.workbench.results.RunJson;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.BatchTimes;
import org.edgeld.workbench.run.Estimate;

/**
 * The head of a kept run as JSON: the fields of {@link RunJson} without the stages, which the plan
 * beside it says, and a few that only the history needs. Fields of newer versions are passed over.
 */
final class HeadJson {
  static final String FORMAT = "edgeld-run";
  static final int VERSION = 1;

  private static final double MOST_MILLIS = 1e12;

  private HeadJson() {}

  static ObjectNode of(KeptRun run) {
    RunHead head = RunHead.of(run);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("title", head.model().title());
    json.put("modelFile", head.model().file().map(Path::toString).orElse(null));
    json.put("graphSha256", head.model().graphSha256());
    json.put("programsSha256", head.digests().programs());
    json.put("outputsSha256", head.digests().outputs());
    json.put("outputAgrees", head.times().outputAgrees());
    json.put("noise", run.input().isEmpty());
    if (head.rerunOf().isPresent()) {
      json.put("rerunOf", head.rerunOf().getAsInt());
    }
    ObjectNode whole = RunJson.of(run.report());
    whole.remove("stages");
    json.setAll(whole);
    return json;
  }

  /**
   * Reads a head.
   *
   * @throws JsonDefectException with a sentence for the user, also if it is of a newer version
   */
  static RunHead read(JsonFields json) throws JsonDefectException {
    Versions.check(json, FORMAT, VERSION);
    List<JsonFields> parts = json.objects("devices");
    List<AgentInfo> devices = new ArrayList<>();
    int head = -1;
    for (JsonFields part : parts) {
      if (part.flag("head")) {
        head = devices.size();
      }
      devices.add(AgentJson.read(part));
    }
    if (head < 0) {
      throw json.problem("devices", "have no head", "the file was edited");
    }
    return new RunHead(
        instant(json),
        model(json),
        MethodJson.read(json),
        details(json),
        devices,
        new DeviceId(head),
        times(json),
        new RunDigests(json.text("programsSha256"), json.text("outputsSha256")),
        json.hasValue("rerunOf")
            ? OptionalInt.of(json.whole("rerunOf", 1, Integer.MAX_VALUE))
            : OptionalInt.empty());
  }

  private static Instant instant(JsonFields json) throws JsonDefectException {
    String text = json.text("started");
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw json.problem("started", "(%s) is no time".formatted(text), "the file was edited");
    }
  }

  private static ModelIdentity model(JsonFields json) throws JsonDefectException {
    List<Integer> input = json.wholes("inputShape", 3, 1, Integer.MAX_VALUE);
    try {
      return new ModelIdentity(
          json.text("model"),
          json.text("title"),
          new TensorShape(input.get(0), input.get(1), input.get(2)),
          json.text("graphSha256"),
          json.hasValue("modelFile")
              ? Optional.of(Path.of(json.text("modelFile")))
              : Optional.empty());
    } catch (InvalidPathException e) {
      throw json.problem("modelFile", "is no path", "the file was edited");
    }
  }

  private static RunDetails details(JsonFields json) throws JsonDefectException {
    return new RunDetails(
        json.hasValue("scheme") ? Optional.of(json.text("scheme")) : Optional.empty(),
        json.text("input"),
        json.whole("warmup", 0, Integer.MAX_VALUE),
        json.whole("repeats", 1, Integer.MAX_VALUE),
        json.wholeLong("seed", Long.MIN_VALUE));
  }

  private static Times times(JsonFields json) throws JsonDefectException {
    Batch batch;
    try {
      batch =
          new Batch(
              json.whole("frames", 1, Integer.MAX_VALUE),
              json.whole("framesInFlight", 1, Integer.MAX_VALUE));
    } catch (IllegalArgumentException e) {
      throw json.problem("framesInFlight", "does not fit the frames", "the file was edited");
    }
    return new Times(
        estimate(json, "latencyMs"),
        optional(json, "baselineLocal"),
        optional(json, "baselineRemote"),
        new BatchTimes(
            batch,
            estimate(json, "batchMs"),
            optional(json, "baselineLocalBatch"),
            optional(json, "baselineRemoteBatch"),
            json.number("predictedBatchMs", 0, MOST_MILLIS)),
        json.flag("outputAgrees"));
  }

  private static Optional<Estimate> optional(JsonFields json, String field)
      throws JsonDefectException {
    return json.hasValue(field) ? Optional.of(estimate(json, field)) : Optional.empty();
  }

  private static Estimate estimate(JsonFields json, String field) throws JsonDefectException {
    JsonFields part = json.object(field);
    List<Double> samples = part.numbers("samples", 0, MOST_MILLIS);
    if (samples.isEmpty()) {
      throw part.problem("samples", "are none", "the file was edited");
    }
    return Estimate.of(samples);
  }
}
