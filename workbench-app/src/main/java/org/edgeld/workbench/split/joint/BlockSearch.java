package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.geometry.Block;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.split.PlanContext;

/**
 * Dynamic programming over where blocks end and who owns their outputs: for every boundary and
 * ownership the best way there. {@code V[j][σ] = min over i < j, σ' of V[i][σ'] + exchange(σ' →
 * what block i..j needs for σ) + compute(i..j, σ)}, with the devices' own times carried along
 * instead of their maximum.
 */
final class BlockSearch {
  /** Ways to a boundary that are gone on from, the fastest. */
  private static final int WAYS = 8;

  /** What refining may still gain: a way is given up if it must exceed the best by more. */
  private static final double REFINABLE = 1.15;

  private final PlanContext context;
  private final MemoryLimits limits;
  private final Objective objective;
  private final Tiles tiles;
  private final Choices choices;
  private final Remaining remaining;
  private double best = Double.POSITIVE_INFINITY;

  /** The best way to a boundary with an ownership: a piece after another way, or the start. */
  private record Way(
      FrameEstimate frame,
      double nanos,
      MemoryLimits.Load load,
      Optional<Way> before,
      Optional<Piece> piece) {
    Way(FrameEstimate frame, double nanos, MemoryLimits.Load load, Way before, Piece piece) {
      this(frame, nanos, load, Optional.of(before), Optional.of(piece));
    }

    List<Piece> pieces() {
      List<Piece> pieces = new ArrayList<>();
      for (Way way = this; way.piece().isPresent(); way = way.before().orElseThrow()) {
        pieces.add(0, way.piece().get());
      }
      return pieces;
    }
  }

  BlockSearch(
      PlanContext context, MemoryLimits limits, Objective objective, Tiles tiles, Choices choices) {
    this.context = context;
    this.limits = limits;
    this.objective = objective;
    this.tiles = tiles;
    this.choices = choices;
    this.remaining = new Remaining(context);
  }

  /** Returns the best drafts, each ending with another ownership, best first. */
  List<List<Piece>> run(Routing routing, Candidates candidates) {
    int layers = context.graph().layers().size();
    Map<Integer, Map<Ownership, Way>> known = new HashMap<>();
    Way start =
        new Way(
            FrameEstimate.start(context, tiles, routing),
            0,
            limits.none(),
            Optional.empty(),
            Optional.empty());
    known.put(0, Map.of(Ownership.sole(context.head().index(), context.devices()), start));
    for (int from : candidates.starts()) {
      List<Way> ways =
          known.getOrDefault(from, Map.of()).values().stream()
              .sorted(Comparator.comparingDouble(Way::nanos))
              .limit(WAYS)
              .toList();
      for (Block block : candidates.from(from)) {
        Map<Ownership, Way> there =
            known.computeIfAbsent(block.layerEnd(), end -> new LinkedHashMap<>());
        for (Ownership ownership : choices.of(block)) {
          offer(there, ways, new Piece(block, ownership));
        }
      }
    }
    List<Way> ends = new ArrayList<>(known.getOrDefault(layers, Map.of()).values());
    ends.sort(Comparator.comparingDouble(way -> objective.nanos(way.frame())));
    if (!ends.isEmpty()) {
      best = Math.min(best, objective.nanos(ends.get(0).frame()));
    }
    return ends.stream().map(Way::pieces).toList();
  }

  /**
   * Adding work cannot make a way faster, so most ways need not be tried. A way that exceeds a
   * device's memory ends.
   */
  private void offer(Map<Ownership, Way> there, List<Way> ways, Piece piece) {
    Work work = tiles.of(piece);
    Way known = there.get(piece.ownership());
    double most = best * REFINABLE;
    for (Way way : ways) {
      if ((known == null || objective.atLeastWith(way.frame(), work) < known.nanos())
          && remaining.nanos(objective.spent(way.frame()), work) < most) {
        FrameStep step = way.frame().begin();
        step.add(work);
        double nanos = objective.soFar(step);
        if (known == null || nanos < known.nanos()) {
          MemoryLimits.Load load = limits.with(way.load(), piece);
          known = limits.fits(load) ? new Way(step.frame(), nanos, load, way, piece) : known;
        }
      }
    }
    if (known != null) {
      there.put(piece.ownership(), known);
    }
  }
}
