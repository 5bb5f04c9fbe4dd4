package org.edgeld.workbench.explain;

import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.simulate.SteadyState;
import org.edgeld.workbench.words.Figures;

/**
 * Explains a plan that shall carry many frames a second: not the latency of one of them counts, but
 * how long the busiest resource works on each.
 *
 * @param planned the plan
 * @param whatIf simulates changes
 * @param busiest the resource that the others wait for
 * @param undivided the undivided network on the head, predicted
 * @param basis what all figures rest on: predicted or estimated
 * @param made whether the plan's strategy made it for these devices
 */
record StreamWords(
    PlannedRun planned,
    WhatIf whatIf,
    SteadyState.Load busiest,
    Undivided undivided,
    String basis,
    boolean made) {
  private static final double NANOS_PER_SECOND = 1e9;

  String sentence() {
    String head = name(planned.plan().head());
    String rate = rate(planned.nanosPerFrame());
    if (PlanAims.onHeadAlone(planned.plan())) {
      boolean searched =
          made && planned.plan().devices() > 1 && PlanAims.searches(planned.request());
      return searched
          ? "Do not distribute: no plan found carries more than %s alone, %s (%s)."
              .formatted(head, rate, basis)
          : "Nothing is divided: every block runs on %s, which carries %s (%s)."
              .formatted(head, rate, basis);
    }
    if (undivided.fasterThan(planned.nanosPerFrame())) {
      return "Do not distribute like this: %s alone carries %s, this plan %s with enough frames in flight (%s). %s."
          .formatted(
              head, rate(undivided.nanos().getAsDouble()), rate, basis, bounds("the stream"));
    }
    return "%s, so that %s pass with enough frames in flight (%s)%s%s."
        .formatted(bounds("the stream"), rate, basis, gain(head), lever());
  }

  private String bounds(String what) {
    return "The %s bounds %s: it works %s on each frame"
        .formatted(resource(), what, Figures.nanos(busiest.nanos()));
  }

  private String resource() {
    return PathWords.of(busiest)
        + name(busiest.device()).substring(busiest.device().letter().length());
  }

  private String gain(String head) {
    return undivided.nanos().isPresent()
        ? ", %s what %s carries alone"
            .formatted(
                Figures.factor(
                    undivided.nanos().getAsDouble() / Math.max(1, planned.nanosPerFrame())),
                head)
        : "";
  }

  /** What doubling the busiest resource brings, if that is worth a word. */
  private String lever() {
    double faster = whatIf.paceWithFaster(busiest);
    if (planned.nanosPerFrame() - faster <= Levers.WORTH * planned.nanosPerFrame()) {
      return "";
    }
    boolean processor = busiest.resource() == SteadyState.Resource.PROCESSOR;
    return "; a %s of %s twice as fast would let %s pass"
        .formatted(processor ? "processor" : "link", busiest.device().letter(), rate(faster));
  }

  private static String rate(double nanosPerFrame) {
    return Figures.number(NANOS_PER_SECOND / Math.max(1, nanosPerFrame)) + " frames/s";
  }

  private String name(DeviceId device) {
    return DeviceWords.name(planned.request(), device);
  }
}
