package org.edgeld.workbench.explain;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.words.Figures;

/**
 * Explains a plan of which the head computes everything.
 *
 * @param planned the plan
 * @param latencyNanos of the frame that is explained
 * @param basis what the figures rest on
 * @param made whether the plan's strategy made it for these devices
 */
record HeadWords(PlannedRun planned, double latencyNanos, Basis basis, boolean made) {
  /** Strategies that found no use in dividing channels, either. */
  private static final Set<String> BY_CHANNELS = Set.of("channels", "joint");

  private static final String UNDIVIDED = "single";

  String sentence() {
    String where = DeviceWords.name(planned.request(), planned.plan().head());
    boolean choice = planned.plan().devices() > 1 && PlanAims.searches(planned.request());
    OptionalDouble away =
        choice && (made || basis.measured()) ? inputAwayNanos() : OptionalDouble.empty();
    if (away.isPresent() && away.getAsDouble() > latencyNanos) {
      return "Do not distribute: sending the input away alone takes longer (%s) than running on %s (%s, %s)."
          .formatted(
              basis.notRun(away.getAsDouble()), where, Figures.nanos(latencyNanos), basis.frame());
    }
    if (choice && made) {
      return "Do not distribute: no plan found is faster than %s alone (%s, %s)."
          .formatted(where, Figures.nanos(latencyNanos), basis.frame());
    }
    boolean rows = dividesByRows() || planned.request().method().strategy().equals(UNDIVIDED);
    return "Nothing is divided: %s runs on %s, in %s (%s).%s"
        .formatted(
            rows ? "every block" : "no block can be divided by rows, so all",
            where,
            Figures.nanos(latencyNanos),
            basis.frame(),
            rows || BY_CHANNELS.contains(planned.request().method().strategy())
                ? ""
                : " Maybe use the strategy channels.");
  }

  /** Tells whether dividing something between two cuts by rows pays. */
  private boolean dividesByRows() {
    ModelGeometry geometry = new ModelGeometry(planned.plan().graph());
    List<Integer> cuts = geometry.cuts();
    return IntStream.range(1, cuts.size())
        .mapToObj(i -> new Block(cuts.get(i - 1), cuts.get(i)))
        .anyMatch(geometry::splits);
  }

  /** The shortest time in which the whole input reaches another device. */
  private OptionalDouble inputAwayNanos() {
    DeviceId head = planned.plan().head();
    int values = planned.plan().graph().shapes().get(TensorId.INPUT.index()).elements();
    long bytes = planned.request().method().precision().expectedBytes(values);
    return IntStream.range(0, planned.plan().devices())
        .mapToObj(DeviceId::new)
        .filter(device -> !device.equals(head))
        .map(device -> planned.request().profile().link(head, device))
        .mapToDouble(link -> link.delayNanos() + link.transmissionNanos(bytes))
        .min();
  }
}
