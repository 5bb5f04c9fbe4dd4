package org.edgeld.workbench.ui.kpi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.beans.value.ObservableValue;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.explain.PathWords;
import org.edgeld.workbench.run.Accuracy;
import org.edgeld.workbench.run.BatchTimes;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.words.Figures;

/** The figures of what is shown. */
public final class KpiViewModel {
  private static final String NONE = "–";

  private final ObservableValue<List<Kpi>> kpis;

  /**
   * @param shown what the window shows
   */
  public KpiViewModel(ObservableValue<Optional<ShownPlan>> shown) {
    this.kpis = shown.map(plan -> plan.map(KpiViewModel::of).orElseGet(KpiViewModel::empty));
  }

  /** Always the same figures in the same order. */
  public ObservableValue<List<Kpi>> kpisProperty() {
    return kpis;
  }

  private static List<Kpi> empty() {
    return List.of(
            "Latency",
            "Speedup, local",
            "Speedup, remote",
            "Throughput",
            "Data moved",
            "Largest error")
        .stream()
        .map(title -> new Kpi(title, NONE, "no plan", "There is no plan."))
        .toList();
  }

  private static List<Kpi> of(ShownPlan plan) {
    Optional<RunResult> result = plan.run().map(ShownPlan.MeasuredRun::result);
    return List.of(
        latency(plan, result),
        local(plan, result),
        remote(plan, result),
        throughput(plan, result),
        moved(plan, result),
        error(plan, result));
  }

  private static Kpi latency(ShownPlan plan, Optional<RunResult> result) {
    String explanation =
        "From the input being at the head to the last output being there, by the head's clock."
            + " "
            + PathWords.bound(plan.planned());
    String gap = "gap " + Figures.percent(plan.planned().gap());
    return result
        .map(
            r ->
                new Kpi(
                    "Latency",
                    Figures.millis(r.latency().median()),
                    interval(r.latency()),
                    explanation
                        + " Median of "
                        + r.latency().samplesMillis().size()
                        + (batched(r)
                            ? " batches, of each the median of its frames, with its 95 % interval."
                            : " frames with its 95 % interval."),
                    gap))
        .orElseGet(
            () ->
                new Kpi(
                    "Latency",
                    Figures.nanos(plan.predicted().latencyNanos()),
                    plan.basis(),
                    explanation + " This plan did not run: " + plan.provenance() + ".",
                    gap));
  }

  private static String interval(Estimate estimate) {
    return "%s–%s ms".formatted(Figures.number(estimate.low()), Figures.number(estimate.high()));
  }

  private static boolean batched(RunResult result) {
    return result.batches().batch().frames() > 1;
  }

  /** What a speedup refers to: throughput where batches ran, else latency. */
  private static String reference(RunResult result, Estimate latency, Optional<Estimate> batch) {
    return batch
        .filter(times -> batched(result))
        .map(times -> Figures.perSecond(result.batches().framesPerSecond(times.median())))
        .orElseGet(() -> Figures.millis(latency.median()));
  }

  private static Kpi throughput(ShownPlan plan, Optional<RunResult> result) {
    String title = "Throughput";
    return result
        .map(
            r -> {
              BatchTimes.Throughput measured = r.batches().throughput();
              return new Kpi(
                  title,
                  Figures.perSecond(measured.median()),
                  "%s–%s /s"
                      .formatted(Figures.number(measured.low()), Figures.number(measured.high())),
                  "Frames per second: %d frames, %d in flight. %s is predicted for such a batch, %s for an endless stream with enough frames in flight."
                          .formatted(
                              r.batches().batch().frames(),
                              r.batches().batch().inFlight(),
                              Figures.perSecond(r.batches().predictedFramesPerSecond()),
                              Figures.perSecond(plan.planned().framesPerSecond()))
                      + " "
                      + PathWords.throughputBound(plan.planned()));
            })
        .orElseGet(
            () ->
                new Kpi(
                    title,
                    Figures.perSecond(plan.planned().framesPerSecond()),
                    plan.basis(),
                    "Frames per second of an endless stream with enough frames in flight: what the"
                        + " busiest processor or interface allows. "
                        + PathWords.throughputBound(plan.planned())
                        + " This plan did not run: "
                        + plan.provenance()
                        + "."));
  }

  private static Kpi local(ShownPlan plan, Optional<RunResult> result) {
    String head = plan.planned().plan().head().letter();
    String title = "Speedup, local";
    String explanation =
        "How many times faster than the undivided network on the head alone: the honest baseline.";
    if (result.isPresent()) {
      return new Kpi(
          title,
          result.get().speedupLocal().map(Figures::factor).orElse(NONE),
          result
              .get()
              .baselineLocal()
              .map(
                  b ->
                      head + " alone " + reference(result.get(), b, result.get().batches().local()))
              .orElse("does not fit " + head),
          explanation);
    }
    OptionalDouble local = plan.explanation().undivided().nanos();
    return new Kpi(
        title,
        local.isPresent()
            ? Figures.factor(local.getAsDouble() / Math.max(1, plan.predicted().latencyNanos()))
            : NONE,
        local.isPresent()
            ? head + " alone " + Figures.nanos(local.getAsDouble())
            : "does not fit " + head,
        explanation + " This plan did not run: " + plan.provenance() + ".");
  }

  private static Kpi remote(ShownPlan plan, Optional<RunResult> result) {
    String title = "Speedup, remote";
    String explanation =
        "How many times faster than the undivided network on one remote device with its transfer:"
            + " the reference of the EdgeLD paper.";
    if (result.isPresent()) {
      RunResult r = result.get();
      return new Kpi(
          title,
          r.speedupRemote().map(Figures::factor).orElse(NONE),
          r.baselineRemote()
              .map(
                  b ->
                      letter(r.remoteDevice()) + " remote " + reference(r, b, r.batches().remote()))
              .orElse("no remote device"),
          explanation);
    }
    return plan.predictedRemoteNanos()
        .map(
            nanos ->
                new Kpi(
                    title,
                    Figures.factor(nanos / (double) Math.max(1, plan.predicted().latencyNanos())),
                    "remote " + Figures.nanos(nanos),
                    explanation + " This plan did not run: " + plan.provenance() + "."))
        .orElseGet(() -> new Kpi(title, NONE, "no remote device", explanation));
  }

  private static String letter(int device) {
    return device < 0 ? "" : new DeviceId(device).letter();
  }

  private static Kpi moved(ShownPlan plan, Optional<RunResult> result) {
    long bytes = result.map(RunResult::bytesMoved).orElseGet(() -> plan.picture().bytesMoved());
    long exchanges = plan.picture().exchanges();
    Precision precision = plan.planned().request().method().precision();
    return new Kpi(
        "Data moved",
        Figures.bytes(bytes),
        precision == Precision.FLOAT32
            ? Figures.percent(plan.picture().redundancy()) + " redundant"
            : "%s, %s redundant"
                .formatted(precision.id(), Figures.percent(plan.picture().redundancy())),
        "What travels between devices for one frame, in %d %s, routed %s and as %s. Below it the work done more than once because strips overlap, over the work of the undivided network.%s"
            .formatted(
                exchanges,
                exchanges == 1 ? "exchange" : "exchanges",
                plan.planned().plan().routing().id().equals("peer")
                    ? "from peer to peer"
                    : "through the head",
                precision.id(),
                precision == Precision.FLOAT32
                    ? ""
                    : " The prediction counts these bytes, not the time for writing them so."));
  }

  private static Kpi error(ShownPlan plan, Optional<RunResult> result) {
    String explanation =
        "Largest absolute difference between this output and the undivided network's; below it, how"
            + " far the predicted latency is off.";
    if (result.isEmpty()) {
      return new Kpi("Largest error", NONE, "checked by a run", explanation);
    }
    RunResult r = result.get();
    if (!r.precision().exact()) {
      return accuracy(r);
    }
    double predicted = plan.predicted().latencyNanos() / 1e6;
    double off = predicted / r.latency().median() - 1;
    return new Kpi(
        "Largest error",
        Figures.error(r.maxAbsError()),
        String.format(Locale.ROOT, "prediction %+.0f %%", 100 * off),
        explanation + " The output's scale is " + Figures.number(r.outputScale()) + ".");
  }

  /** What a transfer in fewer bits did to the output. */
  private static Kpi accuracy(RunResult result) {
    Accuracy accuracy = result.accuracy();
    String classes =
        accuracy.sameTop1Share().isPresent()
            ? "same class " + Figures.percent(accuracy.sameTop1Share().getAsDouble())
            : Figures.error(accuracy.maxRelativeError()) + " of the scale";
    String words =
        ("Largest absolute difference between the plan's outputs and the undivided network's,"
                + " because slices travelled as %s: %s of the output's scale.")
            .formatted(accuracy.precision().id(), Figures.error(accuracy.maxRelativeError()));
    if (accuracy.sameTop1Share().isPresent() && accuracy.top5Share().isPresent()) {
      words +=
          " Below it the share of frames with the same best class; of the five best classes %s are the same."
              .formatted(Figures.percent(accuracy.top5Share().getAsDouble()));
    }
    return new Kpi("Largest error", Figures.error(accuracy.maxAbsError()), classes, words);
  }
}
