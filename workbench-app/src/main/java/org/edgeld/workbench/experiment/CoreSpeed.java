package org.edgeld.workbench.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.message.Emulation;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.model.Model;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.profilefile.ProfileFile;

/**
 * How many operations a second a whole core does, on which forecasts of sweeps rest.
 *
 * @param flopsPerSecond operations a second
 * @param origin how that is known
 */
public record CoreSpeed(double flopsPerSecond, Origin origin) {
  /** How a speed is known. */
  public enum Origin {
    /** It is not. */
    ASSUMED,
    /** Profiles in the sweep's folder say so. */
    PROFILED,
    /** An earlier sweep on this computer found it. */
    KEPT,
    /** It was timed just now. */
    TIMED
  }

  /** What a core is taken to do if nothing is known. */
  public static final CoreSpeed ASSUMED = new CoreSpeed(40e9, Origin.ASSUMED);

  /** Convolutions as they are in the middle of networks, some 0.9 GFLOP each. */
  private static final List<GridPoint> TIMED =
      List.of(
          new GridPoint(56, 128, 128), new GridPoint(28, 256, 256), new GridPoint(14, 512, 512));

  private static final Duration BUDGET = Duration.ofSeconds(2);

  /** Returns it in words, at the end of a sentence. */
  public String words() {
    String rate = String.format(Locale.ROOT, "a core computes %.0f GFLOP/s", flopsPerSecond / 1e9);
    return switch (origin) {
      case ASSUMED -> "if " + rate;
      case PROFILED -> rate + ", as profiled for this sweep";
      case KEPT -> rate + ", as an earlier sweep here found";
      case TIMED -> rate + ", as timed just now";
    };
  }

  /** Returns what the profiles in a sweep's folder say; empty if there are none. */
  public static Optional<CoreSpeed> profiled(
      SweepFolder folder, SweepSpec spec, Networks networks) {
    double flops = 0;
    double coreSeconds = 0;
    for (Network network : spec.networks()) {
      for (Boards boards : spec.boards()) {
        Path file = folder.profile(boards, network);
        if (Files.exists(file)) {
          try {
            Model model = networks.open(network);
            double nanos =
                ProfileFile.read(file, model.id(), model.graph())
                    .devices()
                    .get(0)
                    .wholeModelNanos();
            flops += OperatorCost.flops(model.graph());
            coreSeconds += nanos / 1e9 * boards.cpuShares().of(0);
          } catch (JsonDefectException | IllegalArgumentException e) {
            continue; // it is measured anew
          }
        }
      }
    }
    return coreSeconds > 0
        ? Optional.of(new CoreSpeed(flops / coreSeconds, Origin.PROFILED))
        : Optional.empty();
  }

  /** Times some convolutions on an agent of this computer, which takes some seconds to start. */
  public static Optional<CoreSpeed> timed(
      AgentDirectory directory, Profiler profiler, JobMonitor monitor)
      throws JobCancelledException {
    try {
      List<KnownAgent> agents =
          directory.startLocal(new LocalClusterSpec(1, Emulation.NONE, 1), monitor);
      List<Regression.Point> points = profiler.convolutions(TIMED, BUDGET, agents.get(0), monitor);
      double flops = points.stream().mapToDouble(Regression.Point::flops).sum();
      double seconds = points.stream().mapToDouble(Regression.Point::seconds).sum();
      return seconds > 0
          ? Optional.of(new CoreSpeed(flops / seconds, Origin.TIMED))
          : Optional.empty();
    } catch (ClusterException e) {
      return Optional.empty(); // the sweep itself will say what is wrong
    } finally {
      directory.stopLocal();
    }
  }
}
