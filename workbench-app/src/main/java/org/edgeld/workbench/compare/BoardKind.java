package org.edgeld.workbench.compare;

import java.util.List;
import org.edgeld.workbench.profile.Board;

/**
 * What the boards of a cluster are.
 *
 * @param label in tables and files
 * @param boards taken in turn until the cluster is complete, at least one
 */
public record BoardKind(String label, List<Board> boards) {
  public BoardKind {
    boards = List.copyOf(boards);
    if (boards.isEmpty()) {
      throw new IllegalArgumentException("A cluster has no board. Maybe pi4:8.");
    }
  }
}
