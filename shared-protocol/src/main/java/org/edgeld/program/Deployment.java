package org.edgeld.program;

import java.util.List;

/**
 * What agents need to run frames: the programs and where the peers are. The same deployment goes to
 * every device; each takes its own program out of it.
 *
 * @param id names this deployment
 * @param programs what each device does
 * @param peers data-plane addresses in the order of {@link DeviceId#index}
 * @param framesInFlight how many frames the workbench has under way at one time, 1 to {@value
 *     #MOST_FRAMES_IN_FLIGHT}; an agent takes slices of so many
 * @param precision how slices travel between the devices
 */
public record Deployment(
    DeploymentId id,
    ProgramSet programs,
    List<PeerAddress> peers,
    int framesInFlight,
    Precision precision) {
  /** More frames than any pipeline of this size of cluster needs, and few enough to be held. */
  public static final int MOST_FRAMES_IN_FLIGHT = 64;

  public Deployment {
    peers = List.copyOf(peers);
    if (peers.size() != programs.programs().size()) {
      throw new IllegalArgumentException(
          "%d peers for %d programs.".formatted(peers.size(), programs.programs().size()));
    }
    if (framesInFlight < 1 || framesInFlight > MOST_FRAMES_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "%d frames cannot be in flight. Maybe use 1 to %d."
              .formatted(framesInFlight, MOST_FRAMES_IN_FLIGHT));
    }
  }
}
