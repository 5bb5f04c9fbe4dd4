package org.edgeld.workbench.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.plan.Bounds;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.run.ClassAgreement;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.OutputSummary;
import org.edgeld.workbench.run.Prediction;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.run.RunResult.FrameSample;
import org.edgeld.workbench.trace.Trace;

/**
 * What a kept run measured in full, as JSON: every frame, the measured and the predicted trace, and
 * what else its head leaves out. Numbers that may be infinite or none are texts.
 */
final class FramesJson {
  static final String FORMAT = "edgeld-frames";
  static final int VERSION = 1;

  private static final double ANY = Double.MAX_VALUE;

  /**
   * What the file says.
   *
   * @param prediction what was predicted of the plan
   * @param outputs the outputs in few figures
   */
  record Content(
      List<FrameSample> frames,
      Trace medianTrace,
      Predicted prediction,
      int remoteDevice,
      double maxAbsError,
      double outputScale,
      List<Prediction> top5,
      List<OutputSummary> outputs) {}

  /**
   * What was predicted of a plan when it ran, as {@link PlannedRun} has it; the bound of the time
   * per frame is not in files of older workbenches.
   */
  record Predicted(
      Trace trace,
      List<Long> memoryBytes,
      List<Long> frameBytes,
      double nanosPerFrame,
      double lowerBoundNanos,
      OptionalDouble leastNanosPerFrame) {
    /** Returns a plan with this prediction in place of one by the present workbench. */
    PlannedRun in(PlannedRun planned) {
      return new PlannedRun(
          planned.request(),
          planned.plan(),
          planned.programs(),
          trace,
          memoryBytes,
          frameBytes,
          nanosPerFrame,
          new Bounds(lowerBoundNanos, leastNanosPerFrame.orElse(planned.bounds().nanosPerFrame())));
    }
  }

  private FramesJson() {}

  static ObjectNode of(KeptRun run) {
    RunResult result = run.report().result();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    frames(json.putArray("frames"), result.frames());
    json.set("measured", TraceJson.of(result.medianTrace()));
    PlannedRun planned = result.planned();
    ObjectNode predicted = json.putObject("predicted");
    predicted.set("trace", TraceJson.of(planned.prediction()));
    planned.memoryBytes().forEach(predicted.putArray("memoryBytes")::add);
    planned.frameBytes().forEach(predicted.putArray("frameBytes")::add);
    predicted.put("nanosPerFrame", planned.nanosPerFrame());
    predicted.put("lowerBoundNanos", planned.lowerBoundNanos());
    predicted.put("leastNanosPerFrame", planned.bounds().nanosPerFrame());
    json.put("remoteDevice", result.remoteDevice());
    json.put("maxAbsError", Double.toString(result.maxAbsError()));
    json.put("outputScale", Double.toString(result.outputScale()));
    ArrayNode top = json.putArray("top5");
    for (Prediction prediction : result.top5()) {
      top.addObject()
          .put("index", prediction.index())
          .put("label", prediction.label())
          .put("probability", Double.toString(prediction.probability()));
    }
    ArrayNode outputs = json.putArray("outputs");
    for (HostTensor tensor : run.outputs()) {
      OutputSummary summary = OutputSummary.of(tensor);
      ObjectNode output = outputs.addObject();
      TensorShape shape = summary.shape();
      output.putArray("shape").add(shape.channels()).add(shape.height()).add(shape.width());
      output
          .put("least", Double.toString(summary.least()))
          .put("mean", Double.toString(summary.mean()))
          .put("most", Double.toString(summary.most()));
    }
    return json;
  }

  private static void frames(ArrayNode array, List<FrameSample> frames) {
    for (FrameSample frame : frames) {
      ObjectNode json = array.addObject();
      frame
          .classes()
          .ifPresent(
              classes ->
                  json.put("sameTop1", classes.sameTop1()).put("top5Share", classes.top5Share()));
      json.put("configuration", frame.configuration())
          .put("repeat", frame.repeat())
          .put("frame", frame.frame())
          .put("latencyMs", frame.latencyMillis())
          .put("batchMs", frame.batchMillis())
          .put("maxAbsError", Double.toString(frame.maxAbsError()))
          .put("overcommittedMs", frame.overcommittedMillis());
    }
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @param devices how many there were
   * @throws JsonDefectException with a sentence that names the field
   */
  static Content read(JsonFields json, int devices) throws JsonDefectException {
    Versions.check(json, FORMAT, VERSION);
    List<FrameSample> frames = new ArrayList<>();
    for (JsonFields frame : json.objects("frames")) {
      frames.add(
          new FrameSample(
              frame.text("configuration"),
              frame.whole("repeat", 0, Integer.MAX_VALUE),
              frame.whole("frame", 0, Integer.MAX_VALUE),
              frame.number("latencyMs", 0, ANY),
              frame.number("batchMs", 0, ANY),
              decimal(frame, "maxAbsError"),
              frame.number("overcommittedMs", 0, ANY),
              frame.has("sameTop1")
                  ? Optional.of(
                      new ClassAgreement(frame.flag("sameTop1"), frame.number("top5Share", 0, 1)))
                  : Optional.empty()));
    }
    List<Prediction> top5 = new ArrayList<>();
    for (JsonFields top : json.objects("top5")) {
      top5.add(
          new Prediction(
              top.whole("index", 0, Integer.MAX_VALUE),
              top.text("label"),
              decimal(top, "probability")));
    }
    return new Content(
        frames,
        TraceJson.read(json.object("measured"), devices),
        predicted(json.object("predicted"), devices),
        json.whole("remoteDevice", -1, devices - 1),
        decimal(json, "maxAbsError"),
        decimal(json, "outputScale"),
        top5,
        outputs(json));
  }

  private static List<OutputSummary> outputs(JsonFields json) throws JsonDefectException {
    List<OutputSummary> outputs = new ArrayList<>();
    for (JsonFields output : json.objects("outputs")) {
      List<Integer> shape = output.wholes("shape", 3, 1, Integer.MAX_VALUE);
      outputs.add(
          new OutputSummary(
              new TensorShape(shape.get(0), shape.get(1), shape.get(2)),
              decimal(output, "least"),
              decimal(output, "mean"),
              decimal(output, "most")));
    }
    return outputs;
  }

  private static Predicted predicted(JsonFields json, int devices) throws JsonDefectException {
    return new Predicted(
        TraceJson.read(json.object("trace"), devices),
        TraceJson.longs(json, "memoryBytes", devices),
        TraceJson.longs(json, "frameBytes", devices),
        json.number("nanosPerFrame", 0, ANY),
        json.number("lowerBoundNanos", 0, ANY),
        json.has("leastNanosPerFrame")
            ? OptionalDouble.of(json.number("leastNanosPerFrame", 0, ANY))
            : OptionalDouble.empty());
  }

  private static double decimal(JsonFields json, String field) throws JsonDefectException {
    String text = json.text(field);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw json.problem(field, "(%s) is no number".formatted(text), "the file was edited");
    }
  }
}
