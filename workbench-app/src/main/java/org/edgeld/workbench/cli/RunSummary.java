package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.Accuracy;
import org.edgeld.workbench.run.BatchTimes;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.OutputSummary;
import org.edgeld.workbench.run.Prediction;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.trace.DeviceTotals;
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
        "%s %s on %d devices%s: %s%s, head %s (%s)\n\n"
            .formatted(
                result.model(),
                run.graph().input(),
                result.devices().size(),
                result.emulated() ? " (emulated)" : "",
                run.details().scheme().map(scheme -> "scheme " + scheme + ", ").orElse(""),
                MethodWords.clause(run.request().method()),
                run.head().name(),
                run.request().method().headRole().id()));
    if (result.batches().batch().frames() > 1) {
      text.append(throughputs(run)).append('\n');
    }
    text.append(latencies(run)).append('\n');
    text.append("Predicted      %s ms".formatted(Quantity.millis(run.predictedMillis())));
    text.append(result.batches().batch().frames() > 1 ? " for a frame alone\n" : "\n");
    text.append(
        "Lower bound    %s ms, of any plan; the prediction is %.1f %% above it\n"
            .formatted(
                Quantity.millis(result.planned().lowerBoundNanos() / 1e6),
                100 * result.planned().gap()));
    text.append(
        "Overlap        %s; %d of %d blocks computed in parts\n"
            .formatted(
                run.request().method().overlap().id(),
                result.planned().plan().blocksInParts(),
                result.planned().plan().stages().size()));
    text.append(
        "Bytes moved    %s per frame%s\n"
            .formatted(Quantity.bytes(result.bytesMoved()), as(result)));
    text.append(
        "Largest error  %s (output scale %s)\n"
            .formatted(
                Quantity.significant(result.maxAbsError()),
                Quantity.significant(result.outputScale())));
    text.append(accuracy(result)).append('\n');
    text.append(devices(run)).append('\n');
    text.append(result.top5().isEmpty() ? maps(outputs) : classes(result.top5()));
    for (String warning : result.warnings()) {
      text.append("\nWarning: ").append(warning).append('\n');
    }
    return text.toString();
  }

  /** How slices travelled, if not as they are computed. */
  private static String as(RunResult result) {
    if (result.precision() == Precision.FLOAT32) {
      return "";
    }
    long plain = result.planned().programs().bytesMoved();
    return " as %s; as float32 it would be %s"
        .formatted(result.precision().id(), Quantity.bytes(plain));
  }

  /** What the precision of the transfer did to the output. */
  private static String accuracy(RunResult result) {
    Accuracy accuracy = result.accuracy();
    if (accuracy.precision().exact()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "Accuracy       off by %s %% of the output's scale at most"
                .formatted(Quantity.significant(100 * accuracy.maxRelativeError())));
    if (accuracy.sameTop1Share().isPresent() && accuracy.top5Share().isPresent()) {
      text.append(
          ", same best class in %.1f %% of the frames, %.1f %% of the five best classes the same"
              .formatted(
                  100 * accuracy.sameTop1Share().getAsDouble(),
                  100 * accuracy.top5Share().getAsDouble()));
    }
    return text.append('\n').toString();
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

  private static TextTable throughputs(ReportedRun run) {
    BatchTimes times = run.result().batches();
    TextTable table =
        new TextTable(
            "%d frames, %d in flight".formatted(times.batch().frames(), times.batch().inFlight()),
            "frames/s",
            "95 % interval",
            "speedup of the plan");
    throughput(table, "plan", times, Optional.of(times.plan()), "");
    table.row("plan, predicted", frames(times.predictedFramesPerSecond()), "", "");
    table.row(
        "endless stream, predicted",
        frames(run.result().planned().framesPerSecond(times.batch().inFlight())),
        "",
        "");
    throughput(
        table,
        headAlone(run),
        times,
        times.local(),
        run.result().speedupLocal().map(Quantity::ratio).orElse("–"));
    if (run.result().remoteDevice() >= 0) {
      throughput(
          table,
          remoteAlone(run),
          times,
          times.remote(),
          run.result().speedupRemote().map(Quantity::ratio).orElse("–"));
    }
    return table;
  }

  private static void throughput(
      TextTable table, String name, BatchTimes times, Optional<Estimate> batch, String speedup) {
    Optional<BatchTimes.Throughput> throughput = batch.map(times::throughput);
    table.row(
        name,
        throughput.map(t -> frames(t.median())).orElse("–"),
        throughput.map(t -> frames(t.low()) + " … " + frames(t.high())).orElse("does not fit"),
        speedup);
  }

  private static String frames(double perSecond) {
    return "%.3f".formatted(perSecond);
  }

  private static String headAlone(ReportedRun run) {
    return run.head().name() + " alone";
  }

  private static String remoteAlone(ReportedRun run) {
    return run.result().devices().get(run.result().remoteDevice()).name() + " alone, with transfer";
  }

  private static TextTable latencies(ReportedRun run) {
    RunResult result = run.result();
    boolean alone = result.batches().batch().frames() == 1;
    String speedup = alone ? "speedup of the plan" : "";
    TextTable table = new TextTable("latency", "median ms", "95 % interval", speedup);
    table.row("plan", Quantity.millis(result.latency().median()), interval(result.latency()), "");
    baseline(table, headAlone(run), result.baselineLocal(), alone, result.speedupLocal());
    if (result.remoteDevice() >= 0) {
      baseline(table, remoteAlone(run), result.baselineRemote(), alone, result.speedupRemote());
    }
    return table;
  }

  private static void baseline(
      TextTable table,
      String name,
      Optional<Estimate> estimate,
      boolean alone,
      Optional<Double> speedup) {
    table.row(
        name,
        estimate.map(e -> Quantity.millis(e.median())).orElse("–"),
        estimate.map(RunSummary::interval).orElse("does not fit"),
        alone ? speedup.map(Quantity::ratio).orElse("–") : "");
  }

  private static String interval(Estimate estimate) {
    return Quantity.millis(estimate.low()) + " … " + Quantity.millis(estimate.high());
  }

  private static TextTable devices(ReportedRun run) {
    RunResult result = run.result();
    List<Long> memory = result.planned().memoryBytes(result.batches().batch().inFlight());
    TextTable table =
        new TextTable(
            "device",
            "agent",
            "compute ms",
            "predicted ms",
            "sending ms",
            "hidden %",
            "waiting ms",
            "copying ms",
            "memory");
    for (int i = 0; i < result.devices().size(); i++) {
      DeviceId id = new DeviceId(i);
      AgentInfo info = result.devices().get(i);
      DeviceTotals totals = DeviceTotals.of(result.medianTrace(), id);
      table.row(
          id.letter(),
          info.name(),
          Quantity.millis(totals.busyNanos() / 1e6),
          Quantity.millis(result.planned().prediction().totalNanos(id, Span.Kind.COMPUTE) / 1e6),
          Quantity.millis(totals.transferNanos() / 1e6),
          totals.transferNanos() == 0 ? "–" : "%.0f".formatted(100 * totals.overlap()),
          Quantity.millis(totals.waitNanos() / 1e6),
          Quantity.millis(totals.assembleNanos() / 1e6),
          Quantity.bytes(memory.get(i)));
    }
    return table;
  }
}
