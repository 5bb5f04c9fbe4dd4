package org.edgeld.workbench.profilefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.workbench.profile.ClusterProfile;

/** Finds agents in a profile that was measured before. */
public final class ProfileMatch {
  private ProfileMatch() {}

  /** What was measured depends on this, and not on when an agent was started. */
  private record Identity(
      String name,
      String processor,
      String architecture,
      int cores,
      int threads,
      String engine,
      Object emulation) {
    static Identity of(AgentInfo info) {
      return new Identity(
          info.name(),
          info.processor(),
          info.architecture(),
          info.cores(),
          info.threads(),
          info.engine(),
          info.emulation());
    }
  }

  /**
   * Returns the part of a profile that concerns some agents, in their order.
   *
   * @return empty if one of them was not measured, or not as it is now
   */
  public static Optional<ClusterProfile> part(ClusterProfile profile, List<AgentInfo> agents) {
    List<Identity> measured =
        profile.devices().stream().map(device -> Identity.of(device.info())).toList();
    List<Integer> places = new ArrayList<>();
    for (AgentInfo agent : agents) {
      int place = measured.indexOf(Identity.of(agent));
      if (place < 0 || places.contains(place)) {
        return Optional.empty();
      }
      places.add(place);
    }
    return Optional.of(profile.part(places));
  }
}
