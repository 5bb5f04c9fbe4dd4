package org.edgeld.agent.emulation;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.edgeld.message.Emulation;

/**
 * The memory that a deployment may use on this device.
 *
 * @param bytes the limit, 0 for none
 */
public record MemoryLimit(long bytes) {
  public MemoryLimit {
    if (bytes < 0) {
      throw new IllegalArgumentException("The memory limit (" + bytes + " bytes) is negative.");
    }
  }

  /** Returns the emulated limit, or what the computer has if none is emulated. */
  public static MemoryLimit of(Emulation emulation) {
    return new MemoryLimit(
        emulation.memoryBytes() > 0 ? emulation.memoryBytes() : physicalMemoryBytes());
  }

  /** Returns the memory of this computer. */
  public static long physicalMemoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  /**
   * Returns why a deployment does not fit, for the user, or nothing if it does.
   *
   * @param neededBytes weights and tensors of the deployment on this device
   */
  public Optional<String> refusal(long neededBytes) {
    if (bytes == 0 || neededBytes <= bytes) {
      return Optional.empty();
    }
    return Optional.of(
        "The deployment needs %.1f MB, but this device may use %.1f MB. Maybe more devices or smaller strips fit."
            .formatted(neededBytes / 1e6, bytes / 1e6));
  }
}
