package org.edgeld.workbench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentMessage.FrameReport;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/** Turns the devices' reports of a frame into one trace by the head's clock. */
final class MeasuredTrace {
  private MeasuredTrace() {}

  /** What a step does, if it takes time. */
  private enum KindOf implements Step.Handler<Optional<Span.Kind>> {
    STEP;

    @Override
    public Optional<Span.Kind> receive(Step.Receive step) {
      return Optional.of(Span.Kind.WAIT);
    }

    @Override
    public Optional<Span.Kind> compute(Step.Compute step) {
      return Optional.of(Span.Kind.COMPUTE);
    }

    @Override
    public Optional<Span.Kind> send(Step.Send step) {
      return Optional.of(Span.Kind.SEND);
    }

    @Override
    public Optional<Span.Kind> release(Step.Release step) {
      return Optional.empty();
    }
  }

  /**
   * Returns the trace of a frame. A slice that is serialised or copied into one piece is not sent
   * before that is done, and one that arrived is not waited for any more from when that begins.
   * What is copied behind a computation is part of its span as well.
   *
   * @param devices who reported, in the order of the reports
   * @param before clocks before the measurement
   * @param after clocks after it
   */
  static Trace of(
      ActiveRun.Frame frame,
      ProgramSet programs,
      List<DeviceId> devices,
      Clocks before,
      Clocks after) {
    int head = programs.head().index();
    long frameStart = frame.done().startNanos();
    long latency = frame.latencyNanos();
    long headAhead = before.aheadNanos(head, frameStart, after);
    List<Span> spans = new ArrayList<>();
    List<Long> errors = new ArrayList<>(Collections.nCopies(programs.programs().size(), 0L));
    for (int i = 0; i < devices.size(); i++) {
      DeviceId device = devices.get(i);
      FrameReport report = frame.reports().get(i);
      errors.set(device.index(), before.errorNanos(device.index(), head, after));
      List<Step> steps = programs.of(device).steps();
      for (int step = 0; step < steps.size(); step++) {
        Optional<Span.Kind> kind = steps.get(step).accept(KindOf.STEP);
        if (kind.isEmpty()) {
          continue;
        }
        long shift =
            headAhead
                - before.aheadNanos(device.index(), report.startNanos()[step], after)
                - frameStart;
        long begun = report.startNanos()[step] + shift;
        long start = clip(begun, latency);
        long end = clip(report.endNanos()[step] + shift, latency);
        if (report.serialiseNanos().length > 0 && report.serialiseNanos()[step] > 0) {
          long from = begun + report.serialiseDelayNanos()[step];
          long serialised = clip(from, latency);
          long done = clip(from + report.serialiseNanos()[step], latency);
          spans.add(new Span(device, Span.Kind.SERIALISE, step, serialised, done));
          if (kind.get() == Span.Kind.SEND) {
            start = Math.max(start, done);
          } else {
            end = Math.min(end, serialised);
          }
        }
        if (report.assembleNanos()[step] > 0) {
          long from = begun + report.assembleDelayNanos()[step];
          long assembled = clip(from, latency);
          long done = clip(from + report.assembleNanos()[step], latency);
          spans.add(
              new Span(device, Span.Kind.ASSEMBLE, step, assembled, Math.max(assembled, done)));
          if (kind.get() == Span.Kind.SEND) {
            start = Math.max(start, done);
          } else if (kind.get() == Span.Kind.WAIT) {
            end = Math.min(end, assembled);
          }
        }
        spans.add(new Span(device, kind.get(), step, start, Math.max(start, end)));
      }
    }
    return new Trace(latency, spans, errors);
  }

  /** A device waits for its first slice since its last frame; only this frame counts. */
  private static long clip(long nanos, long latency) {
    return Math.max(0, Math.min(latency, nanos));
  }
}
