package org.edgeld.workbench.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.Model;
import org.edgeld.model.Sha256;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profilefile.ProfileFile;

/**
 * Profiles, measured once for each kind of boards and network and kept as files. So a trial has the
 * same plan in every round, also after the sweep was resumed, if only the workbench plans as
 * before: a report says where trials of a configuration had several plans.
 */
final class SweepProfiles {
  private static final int DIGEST_LETTERS = 12;

  private final Path folder;
  private final Profiler profiler;
  private final Map<Path, ClusterProfile> known = new HashMap<>();

  SweepProfiles(Path folder, Profiler profiler) {
    this.folder = folder;
    this.profiler = profiler;
  }

  /**
   * Returns what was measured earlier, also before the sweep was resumed. Where a board was away,
   * only those before it were profiled. The smallest profile that has all devices wins: no smaller
   * one is ever measured later, so a trial has the same profile in every round.
   *
   * @param least how many devices it must have
   * @param all how many all agents of the cluster are
   */
  Optional<ClusterProfile> kept(Boards boards, Network network, Model model, int least, int all) {
    for (int devices = least; devices <= all; devices++) {
      int count = devices;
      Path file = file(boards, network, count, all);
      Optional<ClusterProfile> profile =
          Optional.ofNullable(known.get(file)).or(() -> recorded(file, model, count));
      if (profile.isPresent()) {
        known.put(file, profile.get());
        return profile;
      }
    }
    return Optional.empty();
  }

  private Path file(Boards boards, Network network, int devices, int all) {
    Path whole = file(folder, boards, network);
    return devices == all
        ? whole
        : whole.resolveSibling(
            whole.getFileName().toString().replaceFirst("\\.json$", "-first" + devices + ".json"));
  }

  /**
   * Measures and keeps a profile.
   *
   * @param agents the first ones of the cluster, which are profiled together
   * @param all how many all agents of the cluster are
   */
  ClusterProfile measure(
      Boards boards,
      Network network,
      Model model,
      List<KnownAgent> agents,
      int all,
      JobMonitor monitor)
      throws ClusterException, JobCancelledException, IOException {
    Path file = file(boards, network, agents.size(), all);
    ClusterProfile profile = profiler.profile(model.graph(), agents, monitor);
    Files.createDirectories(folder);
    ProfileFile.write(file, model.id(), model.graph(), profile);
    known.put(file, profile);
    return profile;
  }

  /** Returns the place of a profile; different networks have different places. */
  static Path file(Path folder, Boards boards, Network network) {
    String model = network.model().replaceAll("[^A-Za-z0-9.-]", "_");
    // names that differ only in other letters are told apart
    String digest =
        Sha256.of(ByteBuffer.wrap(network.model().getBytes(StandardCharsets.UTF_8)))
            .hex()
            .substring(0, DIGEST_LETTERS);
    String suffix = model.equals(network.model()) ? "" : "-" + digest;
    return folder.resolve(
        "%s-%s-%d%s.json".formatted(boards.fileName(), model, network.inputSize(), suffix));
  }

  /** A profile that cannot be read is measured anew. */
  private static Optional<ClusterProfile> recorded(Path file, Model model, int devices) {
    try {
      return Files.exists(file)
          ? Optional.of(ProfileFile.read(file, model.id(), model.graph()))
              .filter(profile -> profile.size() == devices)
          : Optional.empty();
    } catch (JsonDefectException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the profile of the first agents of a cluster. Agents that were started anew have other
   * names but are the same boards.
   */
  static ClusterProfile part(ClusterProfile whole, List<KnownAgent> agents) {
    List<DeviceProfile> devices = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      DeviceProfile measured = whole.devices().get(i);
      AgentInfo info = agents.get(i).info().orElse(measured.info());
      devices.add(
          new DeviceProfile(
              info,
              measured.layers(),
              measured.overhead(),
              measured.regression(),
              measured.tiles()));
    }
    return whole.part(IntStream.range(0, agents.size()).boxed().toList()).with(devices);
  }
}
