package org.edgeld.workbench.ui.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LinkEstimate;

/** Measured profiles of this session, by model. Thread-safe. */
public final class ProfileBook {
  private record Entry(ModelGraph graph, ClusterProfile profile) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Entry> absent = new ArrayList<>();

  /** Keeps a measured profile; a newer one of the same devices wins. */
  public synchronized void keep(ModelGraph graph, ClusterProfile profile) {
    entries.add(0, new Entry(graph, profile));
  }

  /**
   * Returns the newest measured profile that covers all of these agents, in their order; agents
   * that were profiled together with others are found too.
   */
  public synchronized Optional<ClusterProfile> find(ModelGraph graph, List<AgentInfo> agents) {
    return entries.stream()
        .filter(e -> e.graph().equals(graph))
        .flatMap(e -> project(e.profile(), agents).stream())
        .findFirst();
  }

  /** Keeps a profile from a file whose devices need not be there; a newer one wins. */
  public synchronized void keepAbsent(ModelGraph graph, ClusterProfile profile) {
    absent.add(0, new Entry(graph, profile));
  }

  /** Returns the newest profile of devices that need not be there. */
  public synchronized Optional<ClusterProfile> absent(ModelGraph graph) {
    return absent.stream().filter(e -> e.graph().equals(graph)).findFirst().map(Entry::profile);
  }

  private static Optional<ClusterProfile> project(ClusterProfile profile, List<AgentInfo> agents) {
    List<String> ids = profile.devices().stream().map(d -> d.info().agentId()).toList();
    List<Integer> places = agents.stream().map(a -> ids.indexOf(a.agentId())).toList();
    if (places.contains(-1)) {
      return Optional.empty();
    }
    List<DeviceProfile> devices = places.stream().map(profile.devices()::get).toList();
    List<List<LinkEstimate>> links =
        places.stream()
            .map(from -> places.stream().map(to -> profile.links().get(from).get(to)).toList())
            .toList();
    return Optional.of(new ClusterProfile(devices, links));
  }
}
