package org.edgeld.workbench.ui.inspector;

import java.util.Optional;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.workbench.chart.Figures;
import org.edgeld.workbench.chart.StagePicture;
import org.edgeld.workbench.chart.StageTimes;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.edgeld.workbench.ui.plan.ShownPlan;

/** Says in one plain sentence what limits a plan, from its measured or else predicted trace. */
final class Bottleneck {
  private final ShownPlan plan;
  private final Trace trace;
  private final StageTimes times;
  private final String basis;

  private Bottleneck(ShownPlan plan) {
    this.plan = plan;
    this.trace =
        plan.run().map(run -> run.result().medianTrace()).orElse(plan.planned().prediction());
    this.times = plan.times();
    this.basis = plan.run().isPresent() ? "" : plan.estimated() ? " (estimated)" : " (predicted)";
  }

  static String sentence(ShownPlan plan) {
    return new Bottleneck(plan).sentence();
  }

  private String sentence() {
    String head = plan.planned().plan().head().letter();
    if (plan.planned().plan().stages().stream().allMatch(s -> s.soleDevice().isPresent())) {
      return "Nothing is divided: every block runs on one device" + basis + ".";
    }
    double local = localMillis();
    double latency = latencyMillis();
    String worst = worst();
    if (local > 0 && latency > local) {
      return "Do not distribute: %s alone takes %s, this plan %s%s. %s"
          .formatted(head, Figures.millis(local), Figures.millis(latency), basis, worst);
    }
    return worst;
  }

  private double localMillis() {
    return plan.run()
        .map(run -> run.result().baselineLocal().map(b -> b.median()).orElse(0.0))
        .orElse(plan.picture().localNanos() / 1e6);
  }

  private double latencyMillis() {
    return plan.run()
        .map(run -> run.result().latency().median())
        .orElse(plan.predicted().latencyNanos() / 1e6);
  }

  /** The largest piece of the latency: computing one block, or waiting before one. */
  private String worst() {
    long largest = -1;
    int stage = 0;
    boolean exchange = false;
    long before = 0;
    for (int s = 0; s < times.stages(); s++) {
      long compute = times.slowestNanos(s);
      long wait = Math.max(0, end(s, before) - before - compute);
      if (compute > largest) {
        largest = compute;
        stage = s;
        exchange = false;
      }
      if (wait > largest) {
        largest = wait;
        stage = s;
        exchange = true;
      }
      before = end(s, before);
    }
    long tail = trace.latencyNanos() - before;
    if (tail > largest) {
      return "Gathering the output takes longest: %s of %s%s."
          .formatted(Figures.nanos(tail), Figures.nanos(trace.latencyNanos()), basis);
    }
    return exchange ? exchangeSentence(stage, largest) : computeSentence(stage);
  }

  private long end(int stage, long otherwise) {
    return trace.spans().stream()
        .filter(span -> span.kind() == Span.Kind.COMPUTE && stageOf(span) == stage)
        .mapToLong(Span::endNanos)
        .max()
        .orElse(otherwise);
  }

  private int stageOf(Span span) {
    return StageTimes.step(plan.planned(), span)
        .filter(Step.Compute.class::isInstance)
        .map(Step.Compute.class::cast)
        .flatMap(c -> StageTimes.stage(plan.planned(), c.block().layerStart()))
        .orElse(-1);
  }

  private String computeSentence(int stage) {
    StagePicture picture = plan.picture().stages().get(stage);
    String whole = Figures.nanos(trace.latencyNanos());
    DeviceId slowest = slowest(stage);
    String time = Figures.nanos(times.slowestNanos(stage));
    if (!picture.split()) {
      return "%s (%s) runs on %s alone: %s of %s%s while the others wait."
          .formatted(
              picture.tag(),
              picture.stage().block().label(plan.picture().graph()),
              name(slowest),
              time,
              whole,
              basis);
    }
    Optional<DeviceId> fastest = fastest(stage);
    long slack =
        fastest.map(f -> times.slowestNanos(stage) - times.computeNanos(stage, f)).orElse(0L);
    String rest =
        slack > times.slowestNanos(stage) / 20
            ? " %s has %s of slack.".formatted(name(fastest.orElseThrow()), Figures.nanos(slack))
            : " The load is balanced.";
    return "%s is bound by %s: %s of %s%s.%s"
        .formatted(picture.tag(), name(slowest), time, whole, basis, rest);
  }

  private String exchangeSentence(int stage, long nanos) {
    long bytes = plan.picture().boundaryBytes().get(stage);
    String what = stage == 0 ? "Scattering the input" : "The exchange before B" + (stage + 1);
    return "%s takes longest: %s of %s%s for %s over the links."
        .formatted(
            what,
            Figures.nanos(nanos),
            Figures.nanos(trace.latencyNanos()),
            basis,
            Figures.bytes(bytes));
  }

  private DeviceId slowest(int stage) {
    DeviceId slowest = new DeviceId(0);
    for (int d = 1; d < plan.devices().size(); d++) {
      DeviceId device = new DeviceId(d);
      if (times.computeNanos(stage, device) > times.computeNanos(stage, slowest)) {
        slowest = device;
      }
    }
    return slowest;
  }

  private Optional<DeviceId> fastest(int stage) {
    return plan.picture().stages().get(stage).layers().get(0).stream()
        .map(strip -> strip.device())
        .min((a, b) -> Long.compare(times.computeNanos(stage, a), times.computeNanos(stage, b)));
  }

  private String name(DeviceId device) {
    return device.letter() + " " + plan.devices().get(device.index()).name();
  }
}
