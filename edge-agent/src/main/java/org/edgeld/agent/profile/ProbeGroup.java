package org.edgeld.agent.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.edgeld.message.ProfileSpec;
import org.edgeld.model.ModelGraph;

/**
 * Probes whose weights are in memory together, and that take turns: the first box of every layer,
 * then the second, and so on, again and again. Between two runs of a layer the others run, as in a
 * frame, so its weights come from memory as they do there, and not from a cache that the run before
 * has filled.
 */
final class ProbeGroup {
  /** What the weights of a group take at most, unless a single layer takes more. */
  private static final long MOST_BYTES = 256L << 20;

  private final List<Turn> turns = new ArrayList<>();
  private final Set<Integer> layers = new TreeSet<>();

  /** A probe and the times measured so far. */
  static final class Turn {
    private final int index;
    private final TileProbe probe;

    /** How many probes of the same layers come before it. */
    private final int rank;

    private final List<Long> nanos = new ArrayList<>();
    private long spent;

    private Turn(int index, TileProbe probe, int rank) {
      this.index = index;
      this.probe = probe;
      this.rank = rank;
    }

    /** Returns the number of the probe among all. */
    int index() {
      return index;
    }

    TileProbe probe() {
      return probe;
    }

    void add(long time) {
      nanos.add(time);
      spent += time;
    }

    /** Returns the median of the times, of two in the middle their mean. */
    long median() {
      Collections.sort(nanos);
      int size = nanos.size();
      return (nanos.get((size - 1) / 2) + nanos.get(size / 2)) / 2;
    }

    private boolean lacks(ProfileSpec spec) {
      return nanos.isEmpty() || (nanos.size() < spec.repeats() && spent < spec.enoughNanos());
    }
  }

  private ProbeGroup() {}

  /** Divides probes, in their order, by what fits into memory at a time. */
  static List<ProbeGroup> of(List<TileProbe> probes) {
    List<ProbeGroup> groups = new ArrayList<>();
    int rank = 0;
    for (int i = 0; i < probes.size(); i++) {
      TileProbe probe = probes.get(i);
      rank = i > 0 && probe.sharesWeights(probes.get(i - 1)) ? rank + 1 : 0;
      if (groups.isEmpty() || !groups.get(groups.size() - 1).takes(probe)) {
        groups.add(new ProbeGroup());
      }
      ProbeGroup group = groups.get(groups.size() - 1);
      group.layers.addAll(probe.layers());
      group.turns.add(new Turn(i, probe, rank));
    }
    groups.forEach(group -> group.turns.sort(Comparator.comparingInt((Turn turn) -> turn.rank)));
    return groups;
  }

  private boolean takes(TileProbe probe) {
    Set<Integer> both = new TreeSet<>(layers);
    both.addAll(probe.layers());
    return graph().equals(probe.graph())
        && (both.size() == layers.size() || probe.weightBytes(both) <= MOST_BYTES);
  }

  /** Returns the graph that all probes are of. */
  ModelGraph graph() {
    return turns.get(0).probe.graph();
  }

  /** Returns the layers that the probes compute. */
  Set<Integer> layers() {
    return layers;
  }

  /** Returns the probes in the order in which they take turns. */
  List<Turn> turns() {
    return turns;
  }

  /** Lets the probes take turns until each has the times that are asked for. */
  void takeTurns(ProfileSpec spec, Consumer<Turn> time) {
    while (turns.stream().anyMatch(turn -> turn.lacks(spec))) {
      for (Turn turn : turns) {
        if (turn.lacks(spec)) {
          time.accept(turn);
        }
      }
    }
  }
}
