package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.run.Accuracy;
import org.edgeld.workbench.run.BatchTimes;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.Prediction;
import org.edgeld.workbench.run.RunResult;

/**
 * A run as JSON: one object whose fields are described in {@code workbench-app/docs/results.md}.
 * What does not exist, such as a baseline that does not fit, is {@code null}.
 */
public final class RunJson {
  private RunJson() {}

  /** Writes the run to a file, replacing it as a whole. */
  public static void write(Path file, ReportedRun run) throws IOException {
    JsonFile.write(file, of(run));
  }

  /** Returns the run as a JSON object. */
  public static ObjectNode of(ReportedRun run) {
    RunResult result = run.result();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("started", result.started().toString());
    json.put("model", result.model());
    TensorShape input = run.graph().input();
    json.put("inputSize", input.height());
    json.putArray("inputShape").add(input.channels()).add(input.height()).add(input.width());
    json.put("input", run.details().input());
    DeviceJson.addAll(json.putArray("devices"), run);
    json.put("head", run.head().name());
    run.details()
        .scheme()
        .ifPresentOrElse(s -> json.put("scheme", s), () -> json.putNull("scheme"));
    json.setAll(MethodJson.of(run.request().method()));
    json.put("blocksInParts", result.planned().plan().blocksInParts());
    json.put("warmup", run.details().warmup());
    json.put("repeats", run.details().repeats());
    json.put("seed", run.details().seed());
    batches(json, result);
    json.set("latencyMs", estimate(result.latency()));
    median(json, "baselineLocalMs", result.baselineLocal());
    detail(json, "baselineLocal", result.baselineLocal());
    median(json, "baselineRemoteMs", result.baselineRemote());
    detail(json, "baselineRemote", result.baselineRemote());
    json.put(
        "baselineRemoteDevice",
        result.remoteDevice() < 0 ? null : result.devices().get(result.remoteDevice()).name());
    number(json, "speedupLocal", result.speedupLocal());
    number(json, "speedupRemote", result.speedupRemote());
    json.put("predictedMs", run.predictedMillis());
    json.put("lowerBoundMs", result.planned().lowerBoundNanos() / 1e6);
    json.put("gapPercent", 100 * result.planned().gap());
    json.put("bytesMoved", result.bytesMoved());
    ArrayNode memory = json.putArray("memoryBytes");
    memoryBytes(result).forEach(memory::add);
    json.put("maxAbsError", result.maxAbsError());
    json.put("outputScale", result.outputScale());
    accuracy(json.putObject("accuracy"), result.accuracy());
    ArrayNode top = json.putArray("top5");
    for (Prediction prediction : result.top5()) {
      top.addObject()
          .put("index", prediction.index())
          .put("label", prediction.label())
          .put("probability", prediction.probability());
    }
    json.put("emulated", result.emulated());
    json.set("stages", PlanJson.stages(result.planned()));
    ArrayNode warnings = json.putArray("warnings");
    result.warnings().forEach(warnings::add);
    ObjectNode environment = json.putObject("environment");
    Map<String, String> sorted = new TreeMap<>(Environment.here());
    sorted.put(
        "engine",
        result.devices().stream()
            .map(AgentInfo::engine)
            .distinct()
            .collect(Collectors.joining(", ")));
    sorted.putAll(result.environment());
    sorted.forEach(environment::put);
    return json;
  }

  private static void accuracy(ObjectNode json, Accuracy accuracy) {
    json.put("maxAbsError", accuracy.maxAbsError());
    json.put("maxRelativeError", accuracy.maxRelativeError());
    share(json, "sameTop1Share", accuracy.sameTop1Share());
    share(json, "top5Share", accuracy.top5Share());
  }

  private static void share(ObjectNode json, String field, OptionalDouble share) {
    json.put(field, share.isPresent() ? (Double) share.getAsDouble() : null);
  }

  private static List<Long> memoryBytes(RunResult result) {
    return result.planned().memoryBytes(result.batches().batch().inFlight());
  }

  private static void batches(ObjectNode json, RunResult result) {
    BatchTimes times = result.batches();
    json.put("frames", times.batch().frames());
    json.put("framesInFlight", times.batch().inFlight());
    json.put("inputs", times.batch().inputs());
    BatchTimes.Throughput throughput = times.throughput();
    json.putObject("framesPerSecond")
        .put("median", throughput.median())
        .put("low", throughput.low())
        .put("high", throughput.high());
    json.put("predictedFramesPerSecond", times.predictedFramesPerSecond());
    json.put("streamFramesPerSecond", result.planned().framesPerSecond(times.batch().inFlight()));
    json.put("predictedBatchMs", times.predictedMillis());
    json.set("batchMs", estimate(times.plan()));
    detail(json, "baselineLocalBatch", times.local());
    detail(json, "baselineRemoteBatch", times.remote());
  }

  private static void median(ObjectNode json, String field, Optional<Estimate> estimate) {
    number(json, field, estimate.map(Estimate::median));
  }

  private static void number(ObjectNode json, String field, Optional<Double> value) {
    value.ifPresentOrElse(v -> json.put(field, v), () -> json.putNull(field));
  }

  private static void detail(ObjectNode json, String field, Optional<Estimate> estimate) {
    estimate.ifPresentOrElse(e -> json.set(field, estimate(e)), () -> json.putNull(field));
  }

  private static ObjectNode estimate(Estimate estimate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("median", estimate.median());
    json.put("low", estimate.low());
    json.put("high", estimate.high());
    ArrayNode samples = json.putArray("samples");
    estimate.samplesMillis().forEach(samples::add);
    return json;
  }
}
