package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

  private final PlanContext context;
  private final Tiles tiles;
  private final Choices choices;

  /** The best way to a boundary with an ownership: a piece after another way, or the start. */
  private record Way(FrameEstimate frame, Optional<Way> before, Optional<Piece> piece) {
    Way(FrameEstimate frame, Way before, Piece piece) {
      this(frame, Optional.of(before), Optional.of(piece));
    }

    double nanos() {
      return frame.busyUntil();
    }

    List<Piece> pieces() {
      List<Piece> pieces = new ArrayList<>();
      for (Way way = this; way.piece().isPresent(); way = way.before().orElseThrow()) {
        pieces.add(0, way.piece().get());
      }
      return pieces;
    }
  }

  BlockSearch(PlanContext context, Tiles tiles, Choices choices) {
    this.context = context;
    this.tiles = tiles;
    this.choices = choices;
  }

  /** Returns the best drafts, each ending with another ownership, best first. */
  List<List<Piece>> run(Routing routing, Candidates candidates) {
    int layers = context.graph().layers().size();
    Map<Integer, Map<Ownership, Way>> best = new HashMap<>();
    Way start =
        new Way(FrameEstimate.start(context, tiles, routing), Optional.empty(), Optional.empty());
    best.put(0, Map.of(Ownership.sole(context.head().index(), context.devices()), start));
    for (int from : candidates.starts()) {
      List<Way> ways =
          best.getOrDefault(from, Map.of()).values().stream()
              .sorted(Comparator.comparingDouble(Way::nanos))
              .limit(WAYS)
              .toList();
      for (Block block : candidates.from(from)) {
        Map<Ownership, Way> known = best.computeIfAbsent(block.layerEnd(), end -> new HashMap<>());
        for (Ownership ownership : choices.of(block)) {
          offer(known, ways, new Piece(block, ownership));
        }
      }
    }
    return best.get(layers).values().stream()
        .sorted(Comparator.comparingDouble(way -> way.frame().latencyNanos()))
        .map(Way::pieces)
        .toList();
  }

  /** Adding work cannot make a way faster, so most ways need not be tried. */
  private void offer(Map<Ownership, Way> best, List<Way> ways, Piece piece) {
    Work work = tiles.of(piece);
    Way known = best.get(piece.ownership());
    for (Way way : ways) {
      if (known == null || way.frame().atLeastWith(work) < known.nanos()) {
        FrameEstimate frame = way.frame().with(work);
        if (known == null || frame.busyUntil() < known.nanos()) {
          known = new Way(frame, way, piece);
        }
      }
    }
    if (known != null) {
      best.put(piece.ownership(), known);
    }
  }
}
