package org.edgeld.workbench.ui.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.profile.ClusterProfile;

/** Measured profiles of this session, by model. Thread-safe. */
public final class ProfileBook {
  private record Entry(ModelGraph graph, ClusterProfile profile, Optional<String> name) {}

  /**
   * A profile of some agents.
   *
   * @param profile what was measured
   * @param name that it was saved under, if it was read from a file
   */
  public record Named(ClusterProfile profile, Optional<String> name) {}

  private final List<Entry> entries = new ArrayList<>();

  /** Keeps a measured profile; a newer one of the same devices wins. */
  public synchronized void keep(ModelGraph graph, ClusterProfile profile) {
    entries.add(0, new Entry(graph, profile, Optional.empty()));
  }

  /** Keeps a measured profile that has a name. */
  public synchronized void keep(ModelGraph graph, ClusterProfile profile, String name) {
    entries.add(0, new Entry(graph, profile, Optional.of(name)));
  }

  /**
   * Returns the newest measured profile that covers all of these agents, in their order; agents
   * that were profiled together with others are found too.
   */
  public synchronized Optional<Named> find(ModelGraph graph, List<AgentInfo> agents) {
    return entries.stream()
        .filter(e -> e.graph().equals(graph))
        .flatMap(
            e -> project(e.profile(), agents).stream().map(found -> new Named(found, e.name())))
        .findFirst();
  }

  private static Optional<ClusterProfile> project(ClusterProfile profile, List<AgentInfo> agents) {
    List<String> ids = profile.devices().stream().map(d -> d.info().agentId()).toList();
    List<Integer> places = agents.stream().map(a -> ids.indexOf(a.agentId())).toList();
    if (places.contains(-1)) {
      return Optional.empty();
    }
    return Optional.of(profile.part(places));
  }
}
