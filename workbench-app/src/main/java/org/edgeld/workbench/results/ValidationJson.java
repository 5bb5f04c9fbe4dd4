package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.edgeld.program.Precision;
import org.edgeld.program.Step;
import org.edgeld.workbench.validate.StepTimes;
import org.edgeld.workbench.validate.Trial;
import org.edgeld.workbench.validate.ValidationReport;

/** Predictions beside measurements as JSON, step by step. */
public final class ValidationJson {
  private ValidationJson() {}

  /**
   * Returns the report as a JSON object.
   *
   * @param environment versions, processor, settings
   */
  public static ObjectNode of(ValidationReport report, Map<String, String> environment) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("medianAbsoluteErrorPercent", 100 * report.medianAbsoluteError());
    json.put("withinPercent", 100 * ValidationReport.GOOD_ERROR);
    json.put("shareWithin", report.shareOfGood());
    ValidationReport.Ranking ranking = report.ranking();
    json.put("clearPairs", ranking.clear());
    json.put("clearPairsRankedRight", ranking.right());
    ObjectNode where = json.putObject("environment");
    environment.forEach(where::put);
    report.failures().forEach(json.putArray("failures")::add);
    ArrayNode trials = json.putArray("trials");
    report.trials().forEach(trial -> trials.add(trial(trial)));
    return json;
  }

  private static ObjectNode trial(Trial trial) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", trial.model());
    json.put("devices", trial.devices());
    json.put("linkMbps", trial.linkBitsPerSecond() / 1e6);
    json.put("contender", trial.contender());
    json.put("precision", trial.planned().request().method().precision().id());
    json.put("predictedMs", trial.predictedMillis());
    json.put("measuredMs", trial.measuredMillis());
    json.put("lowerBoundMs", trial.planned().lowerBoundNanos() / 1e6);
    json.put("gapPercent", 100 * trial.planned().gap());
    json.put("errorPercent", 100 * trial.error());
    json.put("replayedMs", trial.replayedNanos() / 1e6);
    json.put("overcommittedMs", trial.measured().overcommittedNanos() / 1e6);
    trial.measured().latency().samplesMillis().forEach(json.putArray("samplesMs")::add);
    Precision precision = trial.planned().request().method().precision();
    ArrayNode steps = json.putArray("steps");
    for (StepTimes times : trial.steps()) {
      Step step = trial.planned().programs().of(times.device()).steps().get(times.step());
      ObjectNode node = steps.addObject();
      node.put("device", times.device().letter());
      node.put("step", times.step());
      node.put("kind", times.kind().name().toLowerCase(Locale.ROOT));
      if (step instanceof Step.Compute compute) {
        node.put("layers", compute.block().label(trial.planned().request().graph()));
        node.put("output", compute.outputs().toString());
      } else if (step instanceof Step.Send send) {
        node.put("to", send.to().letter());
        node.put("bytes", precision.expectedBytes(send.slice().elements()));
      } else if (step instanceof Step.Receive receive) {
        node.put("from", receive.from().letter());
        node.put("bytes", precision.expectedBytes(receive.slice().elements()));
      }
      node.put("predictedMs", times.predictedNanos() / 1e6);
      node.put("measuredMs", times.measuredNanos() / 1e6);
    }
    return json;
  }
}
