package org.edgeld.workbench.cluster;

import org.edgeld.message.Emulation;

/**
 * Emulated agents to start on this computer.
 *
 * @param agents how many, 1 to 16
 * @param emulation how each is slowed down
 * @param threads compute threads of each
 */
public record LocalClusterSpec(int agents, Emulation emulation, int threads) {
  /** What agents accept; far more threads than cores keep one from answering. */
  public static final int MOST_THREADS = 256;

  public LocalClusterSpec {
    if (agents < 1 || agents > 16) {
      throw new IllegalArgumentException(
          "A local cluster of %d agents is not possible. Maybe use 1 to 16.".formatted(agents));
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "An agent with %d threads is not possible. Maybe use 1 to %d."
              .formatted(threads, MOST_THREADS));
    }
    if (threads > 1 && emulation.cpuShare() < 1) {
      throw new IllegalArgumentException(
          "%d threads contradict the CPU share (%s), a fraction of one core. Maybe use 1 thread."
              .formatted(threads, emulation.cpuShare()));
    }
  }
}
