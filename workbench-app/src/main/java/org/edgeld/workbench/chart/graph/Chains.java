package org.edgeld.workbench.chart.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;

/**
 * The graph taken apart into chains, each of which is drawn straight downwards: a layer follows the
 * input that is complete last, if of that input's readers it has the longest way still to go. What
 * skips layers stays beside the chains.
 */
final class Chains {
  private static final int NONE = -1;

  private final List<List<Integer>> readers;
  private final int[] follower;
  private final int[] columns;

  private Chains(List<List<Integer>> readers, int[] follower, int[] columns) {
    this.readers = readers;
    this.follower = follower;
    this.columns = columns;
  }

  /** Takes a graph apart. */
  static Chains of(ModelGraph graph, int[] ranks) {
    List<List<Integer>> readers = readers(graph);
    int[] follower = followers(graph, ranks, readers);
    int[] chainOf = new int[ranks.length];
    Arrays.fill(chainOf, NONE);
    List<Intervals.Span> spans = new ArrayList<>();
    for (int head = 0; head < ranks.length; head++) {
      if (chainOf[head] != NONE) {
        continue;
      }
      int last = head;
      chainOf[head] = spans.size();
      while (follower[last] != NONE) {
        last = follower[last];
        chainOf[last] = spans.size();
      }
      spans.add(new Intervals.Span(ranks[head], lastRank(ranks, readers.get(last), last)));
    }
    int[] places = Intervals.byStart(spans);
    int[] columns = Arrays.stream(chainOf).map(chain -> places[chain]).toArray();
    return new Chains(readers, follower, columns);
  }

  /** A chain's last tensor goes on downwards in the chain's column until it is read. */
  private static int lastRank(int[] ranks, List<Integer> readers, int tensor) {
    return readers.stream().mapToInt(reader -> ranks[reader] - 1).max().orElse(ranks[tensor]);
  }

  private static List<List<Integer>> readers(ModelGraph graph) {
    List<List<Integer>> readers = new ArrayList<>();
    for (int t = 0; t <= graph.layers().size(); t++) {
      readers.add(new ArrayList<>());
    }
    for (int i = 0; i < graph.layers().size(); i++) {
      int reader = i + 1;
      graph.layers().get(i).inputs().stream()
          .distinct()
          .forEach(in -> readers.get(in.index()).add(reader));
    }
    return readers;
  }

  private static int[] followers(ModelGraph graph, int[] ranks, List<List<Integer>> readers) {
    int[] depth = depths(readers);
    int[] wanted = new int[ranks.length];
    for (int t = 0; t < ranks.length; t++) {
      wanted[t] = NONE;
      for (int reader : readers.get(t)) {
        if (wanted[t] == NONE || depth[reader] > depth[wanted[t]]) {
          wanted[t] = reader;
        }
      }
    }
    int[] follower = new int[ranks.length];
    Arrays.fill(follower, NONE);
    for (int t = 1; t < ranks.length; t++) {
      int before = lowestInput(graph, ranks, t);
      if (wanted[before] == t) {
        follower[before] = t;
      }
    }
    return follower;
  }

  /** Returns the number of layers on the longest way from each tensor to an end. */
  private static int[] depths(List<List<Integer>> readers) {
    int[] depth = new int[readers.size()];
    for (int t = readers.size() - 1; t >= 0; t--) {
      for (int reader : readers.get(t)) {
        depth[t] = Math.max(depth[t], depth[reader] + 1);
      }
    }
    return depth;
  }

  private static int lowestInput(ModelGraph graph, int[] ranks, int tensor) {
    int lowest = NONE;
    for (TensorId in : graph.layers().get(tensor - 1).inputs()) {
      if (lowest == NONE || ranks[in.index()] > ranks[lowest]) {
        lowest = in.index();
      }
    }
    return lowest;
  }

  /** Returns the tensors made by the layers that read a tensor, ascending. */
  List<Integer> readers(int tensor) {
    return readers.get(tensor);
  }

  /** Tells whether the layer that makes {@code reader} follows a tensor in its chain. */
  boolean follows(int reader, int tensor) {
    return follower[tensor] == reader;
  }

  /** Tells whether nothing follows a tensor in its chain. */
  boolean isLast(int tensor) {
    return follower[tensor] == NONE;
  }

  /** Returns the column of a tensor's producer. */
  int column(int tensor) {
    return columns[tensor];
  }
}
