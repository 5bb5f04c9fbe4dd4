package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.simulate.SteadyState;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.words.Figures;

/** What an explanation rests on, in few words. */
public final class PathWords {
  private static final long LEAST_DELAY_NANOS = 10_000; // less is not worth a word

  private PathWords() {}

  /**
   * Returns what lies on the path, such as {@code A computes 31.0 ms, B 12.5 ms; slices travel 4.1
   * ms}.
   *
   * @param latencyNanos of the frame whose path it is, predicted or measured
   */
  public static String of(PlannedRun planned, CriticalPath path, long latencyNanos) {
    List<String> computing = new ArrayList<>();
    for (DeviceId device : devices(planned)) {
      long nanos = path.totalNanos(device, Span.Kind.COMPUTE);
      if (nanos > 0) {
        String verb = computing.isEmpty() ? " computes " : " ";
        computing.add(device.letter() + verb + Figures.nanos(nanos));
      }
    }
    long travelling = path.totalNanos(Span.Kind.SEND);
    String links =
        travelling == 0 ? "nothing travels" : "slices travel " + Figures.nanos(travelling);
    long delayed = latencyNanos - path.totalNanos();
    if (travelling > 0 && delayed >= LEAST_DELAY_NANOS) {
      links += ", and links delay them " + Figures.nanos(delayed);
    }
    return computing.isEmpty() ? links : String.join(", ", computing) + "; " + links;
  }

  /** Returns a resource, such as {@code processor of B}. */
  public static String of(SteadyState.Load load) {
    String what =
        switch (load.resource()) {
          case PROCESSOR -> "processor";
          case OUTGOING -> "outgoing link";
          case INCOMING -> "incoming link";
        };
    return what + " of " + load.device().letter();
  }

  /** Returns how far a prediction is above the lower bound, as a sentence. */
  public static String bound(PlannedRun planned) {
    return "No plan is faster than %s under the same cost model; the prediction, %s, is %s above this bound."
        .formatted(
            Figures.nanos(planned.lowerBoundNanos()),
            Figures.nanos(planned.prediction().latencyNanos()),
            Figures.percent(planned.gap()));
  }

  /** Returns how far the throughput of a stream is from its bound, as a sentence. */
  public static String throughputBound(PlannedRun planned) {
    return "No plan carries more than %s under the same cost model; this one takes %s more time per frame."
        .formatted(
            Figures.perSecond(planned.mostFramesPerSecond()),
            Figures.percent(planned.throughputGap()));
  }

  private static List<DeviceId> devices(PlannedRun planned) {
    return IntStream.range(0, planned.plan().devices()).mapToObj(DeviceId::new).toList();
  }
}
