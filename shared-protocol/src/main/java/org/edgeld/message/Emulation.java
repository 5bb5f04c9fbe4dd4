package org.edgeld.message;

/**
 * How an agent pretends to be a weaker board. 0 means "not emulated" for every value but the share.
 *
 * @param cpuShare fraction of one core that compute may use, in (0, 1]; 1 is not emulated
 * @param linkBitsPerSecond rate of everything sent and, separately, of everything received
 * @param linkDelayNanos delay added to everything sent
 * @param memoryBytes memory that a deployment may use
 */
public record Emulation(
    double cpuShare, long linkBitsPerSecond, long linkDelayNanos, long memoryBytes) {
  /** No emulation. */
  public static final Emulation NONE = new Emulation(1, 0, 0, 0);

  public Emulation {
    if (!(cpuShare > 0 && cpuShare <= 1)) {
      throw new IllegalArgumentException(
          "The CPU share (" + cpuShare + ") is not within (0, 1]. Maybe it is meant in percent.");
    }
    if (linkBitsPerSecond < 0 || linkDelayNanos < 0 || memoryBytes < 0) {
      throw new IllegalArgumentException("An emulated link or memory is negative: " + this);
    }
  }

  /** Tells whether anything is emulated. */
  public boolean active() {
    return !equals(NONE);
  }
}
