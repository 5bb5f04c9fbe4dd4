package org.edgeld.workbench.profile;

import org.edgeld.message.AgentInfo;

/**
 * What a device's interface carries, however many other devices are at the other ends. It is at
 * least what each of the device's links carries.
 *
 * @param outgoingBitsPerSecond goodput of everything sent at one time; 0 if both are not known
 * @param incomingBitsPerSecond goodput of everything received at one time; 0 if both are not known
 */
public record InterfaceEstimate(double outgoingBitsPerSecond, double incomingBitsPerSecond) {
  /** Nothing is known beyond the device's links. */
  public static final InterfaceEstimate UNKNOWN = new InterfaceEstimate(0, 0);

  public InterfaceEstimate {
    boolean unknown = outgoingBitsPerSecond == 0 && incomingBitsPerSecond == 0;
    double least = Math.min(outgoingBitsPerSecond, incomingBitsPerSecond);
    if (!unknown && !(least >= LinkEstimate.LEAST_BITS_PER_SECOND)) {
      throw new IllegalArgumentException(
          "An interface that sends %f and receives %f bit/s is impossible. Maybe both are 0 because they are not known."
              .formatted(outgoingBitsPerSecond, incomingBitsPerSecond));
    }
  }

  /** Returns an interface that carries as much each way. */
  public static InterfaceEstimate both(double bitsPerSecond) {
    return new InterfaceEstimate(bitsPerSecond, bitsPerSecond);
  }

  /**
   * Returns what an agent says of its interface: an emulated one passes everything that is sent
   * through one line of the emulated rate, everything received through another.
   */
  public static InterfaceEstimate of(AgentInfo info) {
    double rate = info.emulation().linkBitsPerSecond();
    return rate >= LinkEstimate.LEAST_BITS_PER_SECOND ? both(rate) : UNKNOWN;
  }
}
