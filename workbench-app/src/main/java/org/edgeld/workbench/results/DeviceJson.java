package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.explain.StageTotals;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.trace.DeviceTotals;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/** What each device did in the frame nearest the median, and what it was expected to do. */
final class DeviceJson {
  private DeviceJson() {}

  static void addAll(ArrayNode array, ReportedRun run) {
    RunResult result = run.result();
    PlannedRun planned = result.planned();
    int inFlight = result.batches().batch().inFlight();
    for (int i = 0; i < result.devices().size(); i++) {
      DeviceId id = new DeviceId(i);
      ObjectNode device = AgentJson.of(result.devices().get(i));
      device.put("device", id.letter());
      device.put("head", run.request().head().equals(id));
      device.put("planMemoryBytes", planned.memoryBytes(inFlight).get(i));
      device.put("predictedComputeMs", computeMillis(planned.prediction(), id));
      device.put("measuredComputeMs", computeMillis(result.medianTrace(), id));
      device.set("predictedTotals", totals(planned.prediction(), id));
      ObjectNode measured = totals(result.medianTrace(), id);
      measured.put("clockErrorMs", result.medianTrace().clockErrorNanos().get(i) / 1e6);
      device.set("measuredTotals", measured);
      device.set("predictedBlocks", blocks(planned, planned.prediction(), id));
      device.set("measuredBlocks", blocks(planned, result.medianTrace(), id));
      array.add(device);
    }
  }

  private static double computeMillis(Trace trace, DeviceId device) {
    return trace.totalNanos(device, Span.Kind.COMPUTE) / 1e6;
  }

  private static ObjectNode totals(Trace trace, DeviceId device) {
    DeviceTotals totals = DeviceTotals.of(trace, device);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    parts(json, totals);
    return json.put("idleMs", totals.idleNanos() / 1e6)
        .put("overlapPercent", 100 * totals.overlap());
  }

  private static ArrayNode blocks(PlannedRun planned, Trace trace, DeviceId device) {
    StageTotals totals = StageTotals.of(planned, trace);
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < planned.plan().stages().size(); i++) {
      ObjectNode block = array.addObject();
      block.put("block", planned.plan().stages().get(i).block().label(planned.programs().graph()));
      parts(block, totals.of(i, device));
    }
    return array;
  }

  private static void parts(ObjectNode json, DeviceTotals totals) {
    json.put("busyMs", totals.busyNanos() / 1e6)
        .put("transferMs", totals.transferNanos() / 1e6)
        .put("waitMs", totals.waitNanos() / 1e6)
        .put("serialiseMs", totals.serialiseNanos() / 1e6)
        .put("assembleMs", totals.assembleNanos() / 1e6);
  }
}
