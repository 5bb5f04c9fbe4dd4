package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.OutputSummary;
import org.edgeld.workbench.run.Prediction;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.trace.Span;

/** A run as text for a terminal. */
final class RunSummary {
  private RunSummary() {}

  /**
   * Returns the text, ended by a line break.
   *
   * @param outputs what came out, said where it is no classes
   */
  static String of(ReportedRun run, List<OutputSummary> outputs) {
    RunResult result = run.result();
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %s on %d devices%s: %s%s, fusion %s, routing %s, head %s (%s)\n\n"
            .formatted(
                result.model(),
                run.graph().input(),
                result.devices().size(),
                result.emulated() ? " (emulated)" : "",
                run.details().scheme().map(scheme -> "scheme " + scheme + ", ").orElse(""),
                run.request().strategy(),
                run.request().fusion(),
                run.request().routing().id(),
                run.head().name(),
                run.request().headRole().id()));
    text.append(latencies(run)).append('\n');
    text.append("Predicted      %s ms\n".formatted(Quantity.millis(run.predictedMillis())));
    text.append("Bytes moved    %s per frame\n".formatted(Quantity.bytes(result.bytesMoved())));
    text.append(
        "Largest error  %s (output scale %s)\n\n"
            .formatted(
                Quantity.significant(result.maxAbsError()),
                Quantity.significant(result.outputScale())));
    text.append(devices(run)).append('\n');
    text.append(result.top5().isEmpty() ? maps(outputs) : classes(result.top5()));
    for (String warning : result.warnings()) {
      text.append("\nWarning: ").append(warning).append('\n');
    }
    return text.toString();
  }

  private static TextTable classes(List<Prediction> best) {
    TextTable table = new TextTable("top 5", "index", "probability");
    for (Prediction prediction : best) {
      table.row(
          prediction.label(),
          Integer.toString(prediction.index()),
          Quantity.probability(prediction.probability()));
    }
    return table;
  }

  /** What is said of outputs that are no classes. */
  private static TextTable maps(List<OutputSummary> outputs) {
    TextTable table = new TextTable("output", "least", "mean", "largest");
    for (OutputSummary output : outputs) {
      table.row(
          output.shape().toString(),
          Quantity.significant(output.least()),
          Quantity.significant(output.mean()),
          Quantity.significant(output.most()));
    }
    return table;
  }

  private static TextTable latencies(ReportedRun run) {
    RunResult result = run.result();
    TextTable table = new TextTable("latency", "median ms", "95 % interval", "speedup of the plan");
    table.row("plan", Quantity.millis(result.latency().median()), interval(result.latency()), "");
    baseline(table, run.head().name() + " alone", result.baselineLocal(), result.speedupLocal());
    if (result.remoteDevice() >= 0) {
      baseline(
          table,
          result.devices().get(result.remoteDevice()).name() + " alone, with transfer",
          result.baselineRemote(),
          result.speedupRemote());
    }
    return table;
  }

  private static void baseline(
      TextTable table, String name, Optional<Estimate> estimate, Optional<Double> speedup) {
    table.row(
        name,
        estimate.map(e -> Quantity.millis(e.median())).orElse("–"),
        estimate.map(RunSummary::interval).orElse("does not fit"),
        speedup.map(Quantity::ratio).orElse("–"));
  }

  private static String interval(Estimate estimate) {
    return Quantity.millis(estimate.low()) + " … " + Quantity.millis(estimate.high());
  }

  private static TextTable devices(ReportedRun run) {
    RunResult result = run.result();
    TextTable table = new TextTable("device", "agent", "compute ms", "predicted ms", "memory");
    for (int i = 0; i < result.devices().size(); i++) {
      DeviceId id = new DeviceId(i);
      AgentInfo info = result.devices().get(i);
      table.row(
          id.letter(),
          info.name(),
          Quantity.millis(result.medianTrace().totalNanos(id, Span.Kind.COMPUTE) / 1e6),
          Quantity.millis(result.planned().prediction().totalNanos(id, Span.Kind.COMPUTE) / 1e6),
          Quantity.bytes(result.planned().memoryBytes().get(i)));
    }
    return table;
  }
}
