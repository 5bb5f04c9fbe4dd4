package org.edgeld.workbench.planner;

import java.util.List;
import java.util.Optional;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.plan.PlanRequest;

/**
 * Compares what programs need with the memory of the devices, where that is known.
 *
 * @param request names the devices
 */
record MemoryCheck(PlanRequest request) {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /**
   * A device whose memory does not suffice.
   *
   * @param device its name
   * @param neededBytes what its program needs
   * @param availableBytes what it has
   */
  record Shortage(String device, long neededBytes, long availableBytes) {
    long missingBytes() {
      return neededBytes - availableBytes;
    }

    @Override
    public String toString() {
      return "%.1f MB on %s, which has %.1f MB"
          .formatted(neededBytes / BYTES_PER_MEGABYTE, device, availableBytes / BYTES_PER_MEGABYTE);
    }
  }

  /** Returns what each device needs, in bytes. */
  List<Long> bytes(ProgramSet programs) {
    MemoryEstimate estimate = new MemoryEstimate(programs.graph());
    return programs.programs().stream()
        .map(program -> estimate.bytes(programs, program.device()))
        .toList();
  }

  /** Returns what each further frame in flight takes on each device, in bytes. */
  List<Long> frameBytes(ProgramSet programs) {
    MemoryEstimate estimate = new MemoryEstimate(programs.graph());
    return programs.programs().stream()
        .map(program -> estimate.frameBytes(programs, program.device()))
        .toList();
  }

  /** Tells whether every device has the memory for its program. */
  boolean fits(ProgramSet programs) {
    if (programs.programs().stream().allMatch(program -> available(program.device()) == 0)) {
      return true;
    }
    MemoryEstimate estimate = new MemoryEstimate(programs.graph());
    for (DeviceProgram program : programs.programs()) {
      long available = available(program.device());
      if (available > 0
          && available < estimate.mostBytes(programs.programs().size())
          && available < estimate.bytes(programs, program.device())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the device that lacks most memory, if any lacks some.
   *
   * @param bytes what each device needs
   */
  Optional<Shortage> shortage(List<Long> bytes) {
    Optional<Shortage> worst = Optional.empty();
    for (int i = 0; i < bytes.size(); i++) {
      DeviceId device = new DeviceId(i);
      long available = available(device);
      if (available > 0 && bytes.get(i) > available) {
        String name = request.profile().device(device).info().name();
        Shortage own = new Shortage(name, bytes.get(i), available);
        worst =
            worst
                .filter(other -> other.missingBytes() >= own.missingBytes())
                .or(() -> Optional.of(own));
      }
    }
    return worst;
  }

  /** Returns a device's memory, 0 if it did not say how much it has. */
  private long available(DeviceId device) {
    return request.profile().device(device).memoryBytes();
  }
}
