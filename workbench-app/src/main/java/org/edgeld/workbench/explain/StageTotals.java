package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.trace.DeviceTotals;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/**
 * How each device spends a frame on each fused block: computing it, waiting for what it reads next,
 * sending what it made.
 */
public final class StageTotals {
  private final List<List<DeviceTotals>> totals = new ArrayList<>();

  private StageTotals() {}

  /** Adds up the spans of a trace of {@code planned}. */
  public static StageTotals of(PlannedRun planned, Trace trace) {
    List<List<Span>> spans = new ArrayList<>();
    planned.plan().stages().forEach(stage -> spans.add(new ArrayList<>()));
    for (Span span : trace.spans()) {
      StageTimes.step(planned, span)
          .flatMap(step -> step.accept(new StageOf(planned, span)))
          .ifPresent(stage -> spans.get(stage).add(span));
    }
    StageTotals all = new StageTotals();
    for (List<Span> own : spans) {
      Trace part = new Trace(trace.latencyNanos(), own, trace.clockErrorNanos());
      List<DeviceTotals> devices = new ArrayList<>();
      for (int i = 0; i < planned.programs().programs().size(); i++) {
        devices.add(DeviceTotals.of(part, new DeviceId(i)));
      }
      all.totals.add(devices);
    }
    return all;
  }

  /**
   * Returns what a device does for a block; it is idle, of this one, for the rest of the frame.
   *
   * @param stage position of the block in the plan
   */
  public DeviceTotals of(int stage, DeviceId device) {
    return totals.get(stage).get(device.index());
  }

  /** The block that a step is for. */
  private record StageOf(PlannedRun planned, Span span) implements Step.Handler<Optional<Integer>> {
    @Override
    public Optional<Integer> receive(Step.Receive step) {
      List<Step> steps = planned.programs().of(span.device()).steps();
      return steps.subList(span.step(), steps.size()).stream()
          .filter(Step.Compute.class::isInstance)
          .findFirst()
          .map(next -> next.accept(this))
          .orElseGet(() -> made(step.slice().tensor()));
    }

    @Override
    public Optional<Integer> compute(Step.Compute step) {
      return StageTimes.stage(planned, step.block().layerStart());
    }

    @Override
    public Optional<Integer> send(Step.Send step) {
      return made(step.slice().tensor());
    }

    @Override
    public Optional<Integer> release(Step.Release step) {
      return Optional.empty();
    }

    /** The model's input is sent for the first block. */
    private Optional<Integer> made(TensorId tensor) {
      return StageTimes.stage(planned, tensor.index() == 0 ? 0 : tensor.producer());
    }
  }
}
