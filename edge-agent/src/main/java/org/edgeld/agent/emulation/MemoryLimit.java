package org.edgeld.agent.emulation;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.edgeld.message.Emulation;

/**
 * The memory that a deployment may use on this device.
 *
 * @param bytes the limit, 0 for none
 */
public record MemoryLimit(long bytes) {
  private static final double BYTES_PER_MEGABYTE = 1e6;

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
   * @param framesInFlight how many frames it shall run at one time
   * @param neededBytes weights and tensors of the deployment on this device, for some frames in
   *     flight
   */
  public Optional<String> refusal(int framesInFlight, IntToLongFunction neededBytes) {
    int fitting = framesInFlight;
    while (fitting > 0 && bytes > 0 && neededBytes.applyAsLong(fitting) > bytes) {
      fitting--;
    }
    if (fitting == framesInFlight) {
      return Optional.empty();
    }
    if (fitting > 0) {
      return Optional.of(
          "%d frames in flight need %.1f MB, but this device may use %.1f MB. Maybe use %d in flight."
              .formatted(
                  framesInFlight,
                  neededBytes.applyAsLong(framesInFlight) / BYTES_PER_MEGABYTE,
                  bytes / BYTES_PER_MEGABYTE,
                  fitting));
    }
    return Optional.of(
        "The deployment needs %.1f MB, but this device may use %.1f MB. Maybe more devices or smaller strips fit."
            .formatted(
                neededBytes.applyAsLong(1) / BYTES_PER_MEGABYTE, bytes / BYTES_PER_MEGABYTE));
  }
}
