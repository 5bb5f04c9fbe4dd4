package org.edgeld.workbench.chart.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tracks at the right of each column, in which tensors pass by the layers that do not read them.
 */
final class Tracks {
  private static final int NONE = -1;

  private final Chains chains;
  private final int[] ranks;
  private final int[] place;
  private final int[] count;

  private Tracks(Chains chains, int[] ranks) {
    this.chains = chains;
    this.ranks = ranks;
    this.place = new int[ranks.length];
    Arrays.fill(place, NONE);
    this.count = new int[columns(chains, ranks.length)];
  }

  private static int columns(Chains chains, int tensors) {
    int most = 0;
    for (int t = 0; t < tensors; t++) {
      most = Math.max(most, chains.column(t));
    }
    return most + 1;
  }

  /** Assigns the tracks. */
  static Tracks of(Chains chains, int[] ranks) {
    Tracks tracks = new Tracks(chains, ranks);
    List<List<Integer>> tensors = new ArrayList<>();
    List<List<Intervals.Span>> spans = new ArrayList<>();
    for (int c = 0; c < tracks.count.length; c++) {
      tensors.add(new ArrayList<>());
      spans.add(new ArrayList<>());
    }
    for (int t = 0; t < ranks.length; t++) {
      int tensor = t;
      int end =
          chains.readers(t).stream()
              .filter(reader -> tracks.uses(tensor, reader))
              .mapToInt(reader -> ranks[reader])
              .max()
              .orElse(NONE);
      if (end != NONE) {
        tensors.get(chains.column(t)).add(t);
        spans.get(chains.column(t)).add(new Intervals.Span(ranks[t], end));
      }
    }
    for (int c = 0; c < tracks.count.length; c++) {
      int[] places = Intervals.innerFirst(spans.get(c));
      for (int i = 0; i < places.length; i++) {
        tracks.place[tensors.get(c).get(i)] = places[i];
        tracks.count[c] = Math.max(tracks.count[c], places[i] + 1);
      }
    }
    return tracks;
  }

  /**
   * Tells whether a tensor reaches a reader by track: it passes rows, and not in its own column.
   */
  boolean uses(int tensor, int reader) {
    return ranks[reader] > ranks[tensor] + 1
        && !chains.follows(reader, tensor)
        && !chains.isLast(tensor);
  }

  /** Returns the number of columns. */
  int columns() {
    return count.length;
  }

  /** Returns the number of tracks at the right of a column. */
  int count(int column) {
    return count[column];
  }

  /** Returns the track of a tensor that uses one, counted from the column outwards. */
  int place(int tensor) {
    return place[tensor];
  }
}
