package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.workbench.experiment.TrialRecord.Accuracy;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;

/** What a trial measured as JSON, and back. */
final class MeasuredJson {
  private static final List<String> CONFIGURATIONS = List.of("plan", "local", "remote");
  private static final double ANY = Double.MAX_VALUE;

  private MeasuredJson() {}

  static ObjectNode of(Measured measured) {
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
   * Reads what {@link #of} wrote.
   *
   * @param of what was measured
   * @throws JsonDefectException with a sentence that names the field
   */
  static Measured read(JsonFields json, Configuration of) throws JsonDefectException {
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
    if (latencies.isEmpty()
        || batches.isEmpty()
        || latencies.size() % batches.size() != 0
        || latencies.size() != overcommitted.size()) {
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
