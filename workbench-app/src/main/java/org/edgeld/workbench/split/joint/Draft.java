package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.split.PlanContext;

/**
 * Pieces that cover the network, with the frame's estimate before each of them, so that a change
 * only re-estimates what follows it.
 *
 * @param limits the devices' memory
 * @param objective what the draft shall be best at
 * @param tiles what pieces ask of the devices
 * @param routing which way slices travel
 * @param pieces in order
 * @param frames {@code frames.get(i)} is the frame before piece {@code i}; the last is the end
 * @param nanos estimate of the objective, infinite if a device has too little memory
 */
record Draft(
    MemoryLimits limits,
    Objective objective,
    Tiles tiles,
    Routing routing,
    List<Piece> pieces,
    List<FrameEstimate> frames,
    double nanos) {
  /** Estimates pieces from the beginning. */
  static Draft of(
      PlanContext context,
      MemoryLimits limits,
      Objective objective,
      Tiles tiles,
      Routing routing,
      List<Piece> pieces) {
    return continued(
        limits,
        objective,
        tiles,
        routing,
        List.of(FrameEstimate.start(context, tiles, routing)),
        pieces);
  }

  /** Returns the draft with other pieces, of which those before {@code from} are the same. */
  Draft changed(int from, List<Piece> others) {
    return continued(limits, objective, tiles, routing, frames.subList(0, from + 1), others);
  }

  private static Draft continued(
      MemoryLimits limits,
      Objective objective,
      Tiles tiles,
      Routing routing,
      List<FrameEstimate> known,
      List<Piece> pieces) {
    List<FrameEstimate> frames = new ArrayList<>(known);
    for (Piece piece : pieces.subList(known.size() - 1, pieces.size())) {
      frames.add(frames.get(frames.size() - 1).with(tiles.of(piece)));
    }
    double nanos =
        limits.fits(pieces)
            ? objective.nanos(frames.get(frames.size() - 1))
            : Double.POSITIVE_INFINITY;
    return new Draft(limits, objective, tiles, routing, List.copyOf(pieces), frames, nanos);
  }

  /**
   * Returns the estimate of the draft with other pieces, of which those before {@code from} are the
   * same. Most changes are not worth more than that.
   */
  double nanosChanged(int from, List<Piece> others) {
    if (!limits.fits(others)) {
      return Double.POSITIVE_INFINITY;
    }
    FrameStep step = frames.get(from).begin();
    for (int i = from; i < others.size(); i++) {
      step.add(tiles.of(others.get(i)));
    }
    return objective.nanos(step);
  }

  /** Returns the pieces with one replaced. */
  List<Piece> replaced(int index, Piece piece) {
    List<Piece> others = new ArrayList<>(pieces);
    others.set(index, piece);
    return others;
  }
}
