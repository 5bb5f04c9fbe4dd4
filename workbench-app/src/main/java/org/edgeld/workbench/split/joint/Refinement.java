package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;

/**
 * Improves a draft by small changes, each kept if the estimate of the frame falls: another
 * ownership for a piece, two pieces joined, a share moved from the device that is done last to
 * another, throughout the network and in single pieces, in ever smaller steps.
 */
final class Refinement {
  private static final double SAME = 1e-9;
  private static final double FIRST_STEP = 0.2;
  private static final double LAST_STEP = 0.004;

  private final Choices choices;
  private final int devices;
  private int changesLeft;

  /**
   * Prepares.
   *
   * @param mostChanges how many changes are tried at most
   */
  Refinement(Choices choices, int devices, int mostChanges) {
    this.choices = choices;
    this.devices = devices;
    this.changesLeft = mostChanges;
  }

  /** Returns the draft after all changes that helped. */
  Draft improve(Draft draft) {
    Draft best = joined(otherOwnerships(draft));
    for (double step = FIRST_STEP; step >= LAST_STEP; step /= 2) {
      best = shiftedInPieces(shiftedThroughout(best, step), step);
    }
    return best;
  }

  /**
   * Returns a draft with other pieces, of which those before {@code from} are the same, or as it is
   * if they do not make it better.
   */
  private Draft better(Draft known, int from, List<Piece> pieces) {
    changesLeft--;
    return known.nanosChanged(from, pieces) < known.nanos() * (1 - SAME)
        ? known.changed(from, pieces)
        : known;
  }

  private Draft otherOwnerships(Draft draft) {
    Draft best = draft;
    for (int i = 0; i < best.pieces().size() && changesLeft > 0; i++) {
      Block block = best.pieces().get(i).block();
      List<Ownership> tried = new ArrayList<>(choices.of(block));
      if (i > 0) {
        tried.add(best.pieces().get(i - 1).ownership());
      }
      for (Ownership ownership : tried) {
        if (!ownership.equals(best.pieces().get(i).ownership())) {
          best = better(best, i, best.replaced(i, new Piece(block, ownership)));
        }
      }
    }
    return best;
  }

  private Draft joined(Draft draft) {
    Draft best = draft;
    for (int i = 0; i + 1 < best.pieces().size() && changesLeft > 0; i++) {
      Piece first = best.pieces().get(i);
      Piece second = best.pieces().get(i + 1);
      List<Piece> pieces = new ArrayList<>(best.pieces());
      pieces.remove(i + 1);
      Block block = new Block(first.block().layerStart(), second.block().layerEnd());
      pieces.set(i, new Piece(block, second.ownership()));
      best = better(best, i, pieces);
    }
    return best;
  }

  private Draft shiftedThroughout(Draft draft, double step) {
    Draft best = draft;
    boolean moved = true;
    while (moved && changesLeft > 0) {
      moved = false;
      List<Integer> order = latestFirst(best, best.pieces().size());
      for (int from : order) {
        for (int k = order.size() - 1; k >= 0 && !moved; k--) {
          if (order.get(k) != from) {
            Draft other = better(best, 0, shifted(best.pieces(), from, order.get(k), step));
            moved = other.nanos() < best.nanos();
            best = other;
          }
        }
      }
    }
    return best;
  }

  private static List<Piece> shifted(List<Piece> pieces, int from, int to, double step) {
    List<Piece> shifted = new ArrayList<>();
    for (Piece piece : pieces) {
      Ownership ownership = piece.ownership();
      boolean both = ownership.share(from) > 0 && ownership.share(to) > 0;
      shifted.add(both ? new Piece(piece.block(), ownership.shifted(from, to, step)) : piece);
    }
    return shifted;
  }

  /** Devices by when they are done with the first pieces, the last first. */
  private List<Integer> latestFirst(Draft draft, int pieces) {
    double[] spent = draft.objective().spent(draft.frames().get(pieces));
    return IntStream.range(0, devices)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer device) -> -spent[device]))
        .toList();
  }

  private Draft shiftedInPieces(Draft draft, double step) {
    Draft best = draft;
    for (int i = 0; i < best.pieces().size(); i++) {
      boolean moved = true;
      while (moved && changesLeft > 0) {
        moved = false;
        List<Integer> order = latestFirst(best, i + 1);
        int from = order.get(0);
        Piece piece = best.pieces().get(i);
        if (piece.ownership().share(from) <= 0) {
          break;
        }
        for (Ownership ownership : piece.ownership().readings()) {
          for (int k = order.size() - 1; k > 0 && !moved; k--) {
            Ownership shifted = ownership.shifted(from, order.get(k), step);
            Draft other = better(best, i, best.replaced(i, new Piece(piece.block(), shifted)));
            moved = other.nanos() < best.nanos();
            best = other;
          }
        }
      }
    }
    return best;
  }
}
