package org.edgeld.workbench.experiment.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.experiment.FrameTrace;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.TrialTraces;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profilefile.ProfileFile;

/**
 * What a sweep's folder holds beside its trials.
 *
 * @param traces frames of trials; empty if there is no folder
 * @param profiles the devices, as they were measured
 */
public record SweepRecordings(Optional<TrialTraces> traces, List<Profiled> profiles) {
  /** Nothing but the trials. */
  public static final SweepRecordings NONE = new SweepRecordings(Optional.empty(), List.of());

  /**
   * Devices measured with a network.
   *
   * @param boards how they are
   * @param network what they computed
   * @param graph the network
   * @param profile what was measured
   */
  public record Profiled(
      Boards boards, Network network, ModelGraph graph, ClusterProfile profile) {}

  public SweepRecordings {
    profiles = List.copyOf(profiles);
  }

  /** Reads a folder; profiles that are missing, damaged or of a lost network are left out. */
  public static SweepRecordings of(SweepFolder folder, SweepSpec spec, Networks networks) {
    List<Profiled> profiles = new ArrayList<>();
    for (Network network : spec.networks()) {
      for (Boards boards : spec.boards()) {
        Path file = folder.profile(boards, network);
        if (Files.exists(file)) {
          profiled(file, boards, network, networks).ifPresent(profiles::add);
        }
      }
    }
    return new SweepRecordings(Optional.of(folder.traces()), profiles);
  }

  /** Reads the traces of a folder only, without opening networks. */
  public static SweepRecordings of(SweepFolder folder) {
    return new SweepRecordings(Optional.of(folder.traces()), List.of());
  }

  private static Optional<Profiled> profiled(
      Path file, Boards boards, Network network, Networks networks) {
    try {
      Model model = networks.open(network);
      ClusterProfile profile = ProfileFile.read(file, model.id(), model.graph());
      return Optional.of(new Profiled(boards, network, model.graph(), profile));
    } catch (JsonDefectException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the frame of a trial, if it was kept and can be read. */
  public Optional<FrameTrace> trace(Trial trial) {
    if (traces.isEmpty()) {
      return Optional.empty();
    }
    try {
      return traces.get().read(trial);
    } catch (IOException e) {
      return Optional.empty(); // the report says which figures are missing
    }
  }
}
