package org.edgeld.workbench.explain;

import java.util.List;
import java.util.Optional;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.words.Figures;

/**
 * Explains why a frame of several devices takes as long as it does.
 *
 * @param planned the plan
 * @param path what happens one after the other
 * @param latencyNanos of the frame that is explained
 * @param alone the undivided network on the head, on the same basis
 * @param basis what the figures rest on
 */
record Words(
    PlannedRun planned, CriticalPath path, double latencyNanos, Undivided alone, Basis basis) {
  String sentence(List<Piece> pieces, Levers levers) {
    if (alone.fasterThan(latencyNanos)) {
      return doNotDistribute(pieces, alone.nanos().getAsDouble());
    }
    return pieces.isEmpty() ? "Nothing takes time." : bound(pieces.get(0), levers);
  }

  /** Another plan may be worth it, unless no plan is faster than the head alone. */
  private String doNotDistribute(List<Piece> pieces, double localNanos) {
    String start =
        planned.lowerBoundNanos() >= localNanos && !basis.measured()
            ? "Do not distribute"
            : "Do not distribute like this";
    String where = name(planned.plan().head());
    long transfer = path.totalNanos(Span.Kind.SEND);
    if (transfer > localNanos) {
      return "%s: the transfer alone takes longer (%s) than running on %s (%s, %s)."
          .formatted(
              start, Figures.nanos(transfer), where, Figures.nanos(localNanos), basis.frame());
    }
    String worst = pieces.isEmpty() ? "" : " %s.".formatted(what(pieces.get(0)));
    return "%s: %s alone takes %s, this plan %s (%s).%s"
        .formatted(
            start,
            where,
            Figures.nanos(localNanos),
            Figures.nanos(latencyNanos),
            basis.frame(),
            worst);
  }

  private String bound(Piece worst, Levers levers) {
    Optional<Lever> shift = shift(worst, levers);
    Lever better =
        shift.orElseGet(
            () ->
                worst.link()
                    ? levers.fasterLink(worst.device())
                    : levers.fasterProcessor(worst.device()));
    return levers.helps(better)
        ? "%s; %s would save %s%s."
            .formatted(
                what(worst), better.words(), Figures.nanos(better.savedNanos()), basis.remark())
        : "%s; even %s would save less than %s%s."
            .formatted(what(worst), better.words(), Figures.percent(Levers.WORTH), basis.remark());
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

  private String what(Piece piece) {
    String share =
        "(%s of %s, %s)"
            .formatted(Figures.nanos(piece.nanos()), Figures.nanos(latencyNanos), basis.frame());
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
    return DeviceWords.name(planned.request(), device);
  }
}
