package org.edgeld.workbench.cluster;

import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.edgeld.message.Emulation;

/**
 * Emulated agents to start on this computer.
 *
 * @param emulations how each of the 1 to 16 agents is slowed down
 * @param threads compute threads of each
 */
public record LocalClusterSpec(List<Emulation> emulations, int threads) {
  /** What agents accept; far more threads than cores keep one from answering. */
  public static final int MOST_THREADS = 256;

  private static final int MOST_AGENTS = 16;

  public LocalClusterSpec {
    emulations = List.copyOf(emulations);
    requirePossible(emulations.size());
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "An agent with %d threads is not possible. Maybe use 1 to %d."
              .formatted(threads, MOST_THREADS));
    }
    for (Emulation emulation : emulations) {
      if (threads > 1 && emulation.cpuShare() < 1) {
        throw new IllegalArgumentException(
            "%d threads contradict the CPU share (%s), a fraction of one core. Maybe use 1 thread."
                .formatted(threads, emulation.cpuShare()));
      }
    }
  }

  /** Creates a cluster of so many agents, all slowed down alike. */
  public LocalClusterSpec(int agents, Emulation emulation, int threads) {
    this(Collections.nCopies(requirePossible(agents), emulation), threads);
  }

  /**
   * Returns a cluster of so many agents.
   *
   * @param emulation gives how each of them, counted from 0, is slowed down
   */
  public static LocalClusterSpec of(int agents, IntFunction<Emulation> emulation, int threads) {
    return new LocalClusterSpec(
        IntStream.range(0, requirePossible(agents)).mapToObj(emulation).toList(), threads);
  }

  private static int requirePossible(int agents) {
    if (agents < 1 || agents > MOST_AGENTS) {
      throw new IllegalArgumentException(
          "A local cluster of %d agents is not possible. Maybe use 1 to %d."
              .formatted(agents, MOST_AGENTS));
    }
    return agents;
  }

  /** Returns how many agents there are. */
  public int agents() {
    return emulations.size();
  }

  /** Returns how an agent, counted from 0, is slowed down. */
  public Emulation emulation(int agent) {
    return emulations.get(agent);
  }
}
