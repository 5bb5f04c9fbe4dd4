package org.edgeld.workbench.explain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.words.Figures;

/**
 * Puts an explanation into one sentence.
 *
 * @param planned the plan
 * @param path what happens one after the other
 * @param latencyNanos of the frame that is explained
 * @param localNanos latency of the undivided network on the head
 * @param basis what these figures rest on: predicted, estimated or measured
 */
record Words(
    PlannedRun planned, CriticalPath path, double latencyNanos, double localNanos, String basis) {
  /** Strategies that found no use in dividing channels, either. */
  private static final Set<String> BY_CHANNELS = Set.of("channels", "joint");

  private static final String UNDIVIDED = "single";

  String sentence(List<Piece> pieces, Levers levers) {
    DeviceId head = planned.plan().head();
    boolean onHead =
        planned.plan().stages().stream()
            .allMatch(stage -> stage.soleDevice().equals(Optional.of(head)));
    if (onHead) {
      return onHeadAlone();
    }
    if (latencyNanos > localNanos) {
      return doNotDistribute(pieces);
    }
    return pieces.isEmpty() ? "Nothing takes time." : bound(pieces, levers);
  }

  private String onHeadAlone() {
    String where = name(planned.plan().head());
    OptionalDouble away = inputAwayNanos();
    if (away.isPresent() && away.getAsDouble() > localNanos) {
      return "Do not distribute: sending the input away alone takes longer (%s) than running on %s (%s, %s)."
          .formatted(Figures.nanos(away.getAsDouble()), where, Figures.nanos(latencyNanos), basis);
    }
    boolean rows = dividesByRows() || planned.request().strategy().equals(UNDIVIDED);
    return "Nothing is divided: %s runs on %s, in %s (%s).%s"
        .formatted(
            rows ? "every block" : "no block can be divided by rows, so all",
            where,
            Figures.nanos(latencyNanos),
            basis,
            rows || BY_CHANNELS.contains(planned.request().strategy())
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
    long bytes = planned.request().precision().expectedBytes(values);
    return IntStream.range(0, planned.plan().devices())
        .mapToObj(DeviceId::new)
        .filter(device -> !device.equals(head))
        .map(device -> planned.request().profile().link(head, device))
        .mapToDouble(link -> link.delayNanos() + link.transmissionNanos(bytes))
        .min();
  }

  private String doNotDistribute(List<Piece> pieces) {
    String where = name(planned.plan().head());
    long transfer = path.totalNanos(Span.Kind.SEND);
    if (transfer > localNanos) {
      return "Do not distribute: the transfer alone takes longer (%s) than running on %s (%s, %s)."
          .formatted(Figures.nanos(transfer), where, Figures.nanos(localNanos), basis);
    }
    String worst = pieces.isEmpty() ? "" : " %s.".formatted(what(pieces.get(0)));
    return "Do not distribute: %s alone takes %s, this plan %s (%s).%s"
        .formatted(where, Figures.nanos(localNanos), Figures.nanos(latencyNanos), basis, worst);
  }

  private String bound(List<Piece> pieces, Levers levers) {
    Piece worst = pieces.get(0);
    Optional<Lever> shift = shift(worst, levers);
    if (shift.isPresent()) {
      return "%s; %s would save %s."
          .formatted(what(worst), shift.get().words(), saving(shift.get()));
    }
    Optional<Lever> better =
        worst.link() ? levers.fasterLink(worst.device()) : levers.fasterProcessor(worst.device());
    return better
        .map(lever -> "%s; %s would save %s.".formatted(what(worst), lever.words(), saving(lever)))
        .orElseGet(() -> what(worst) + ", and nothing alone would help.");
  }

  /** Less work helps who computes, and also whose link is busy: fewer rows travel. */
  private Optional<Lever> shift(Piece piece, Levers levers) {
    if (piece.stage() == planned.plan().stages().size()) {
      return Optional.empty();
    }
    return piece.link()
        ? levers.lessWork(piece.stage())
        : levers.lessWork(piece.stage(), piece.device());
  }

  private String saving(Lever lever) {
    return Figures.nanos(planned.prediction().latencyNanos() - lever.nanos());
  }

  private String what(Piece piece) {
    String share =
        "(%s of %s, %s)"
            .formatted(Figures.nanos(piece.nanos()), Figures.nanos(latencyNanos), basis);
    if (!piece.link()) {
      boolean alone = planned.plan().stages().get(piece.stage()).soleDevice().isPresent();
      return (alone ? "%s computes block %d alone %s" : "%s bounds block %d %s")
          .formatted(name(piece.device()), piece.stage() + 1, share);
    }
    return "The link of %s bounds %s %s"
        .formatted(name(piece.device()), exchange(piece.stage()), share);
  }

  private String exchange(int boundary) {
    List<Stage> stages = planned.plan().stages();
    if (boundary > 0 && stages.get(boundary - 1).sums()) {
      return "adding up the partial sums of block " + boundary;
    }
    return boundary == stages.size() ? "gathering the output" : "block " + (boundary + 1);
  }

  private String name(DeviceId device) {
    return device.letter() + " " + planned.request().profile().device(device).info().name();
  }
}
