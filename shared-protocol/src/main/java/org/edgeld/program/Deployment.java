package org.edgeld.program;

import java.util.List;

/**
 * What agents need to run frames: the programs and where the peers are. The same deployment goes to
 * every device; each takes its own program out of it.
 *
 * @param id names this deployment
 * @param programs what each device does
 * @param peers data-plane addresses in the order of {@link DeviceId#index}
 */
public record Deployment(DeploymentId id, ProgramSet programs, List<PeerAddress> peers) {
  public Deployment {
    peers = List.copyOf(peers);
    if (peers.size() != programs.programs().size()) {
      throw new IllegalArgumentException(
          "%d peers for %d programs.".formatted(peers.size(), programs.programs().size()));
    }
  }
}
