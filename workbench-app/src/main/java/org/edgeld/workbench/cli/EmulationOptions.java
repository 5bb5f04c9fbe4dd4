package org.edgeld.workbench.cli;

import java.util.Optional;
import java.util.stream.Stream;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.profile.LinkEstimate;
import picocli.CommandLine.Option;

/** How local agents are slowed down to play weaker boards. */
final class EmulationOptions {
  private static final double BOARD_LINK = 1e9;

  @Option(
      names = "--cpu-share",
      paramLabel = "S",
      description = "Fraction of one core that each local agent computes with, 0 to 1. Default: 1.")
  private Optional<Double> cpuShare = Optional.empty();

  @Option(
      names = "--link-mbps",
      paramLabel = "R",
      description =
          "Rate of each local agent's link in Mbit/s, each way. Default: not limited; 1000 between"
              + " boards.")
  private Optional<Double> linkMbps = Optional.empty();

  @Option(
      names = "--link-delay-ms",
      paramLabel = "D",
      description = "Delay of what each local agent or board sends, in ms. Default: none.")
  private Optional<Double> linkDelayMillis = Optional.empty();

  @Option(
      names = "--memory-mb",
      paramLabel = "M",
      description =
          "Memory that each local agent may use, in MB (10⁶ bytes). Default: not limited.")
  private Optional<Double> memoryMegabytes = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Compute threads of each local agent. Default: 1.")
  private Optional<Integer> threads = Optional.empty();

  /** Tells whether any option was given. */
  boolean given() {
    return Stream.of(cpuShare, linkMbps, linkDelayMillis, memoryMegabytes, threads)
        .anyMatch(Optional::isPresent);
  }

  /** Returns a cluster of so many agents. */
  LocalClusterSpec spec(int agents) throws BadInputException {
    try {
      return new LocalClusterSpec(
          agents,
          new Emulation(
              cpuShare.orElse(1.0),
              positive("--link-mbps", linkMbps, 1e6),
              positive("--link-delay-ms", linkDelayMillis, 1e6),
              positive("--memory-mb", memoryMegabytes, 1e6)),
          threads.orElse(1));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /** Returns the link between boards that are typed in. */
  LinkEstimate link() throws BadInputException {
    if (Stream.of(cpuShare, memoryMegabytes, threads).anyMatch(Optional::isPresent)) {
      throw new BadInputException(
          "CPU share, memory and threads are for agents started with --local. Maybe say in --board"
              + " what the board can do.");
    }
    double rate = linkMbps.isPresent() ? positive("--link-mbps", linkMbps, 1e6) : BOARD_LINK;
    return new LinkEstimate(2 * positive("--link-delay-ms", linkDelayMillis, 1e6), rate);
  }

  private static long positive(String option, Optional<Double> value, double unit)
      throws BadInputException {
    if (value.isEmpty()) {
      return 0;
    }
    double scaled = value.get() * unit;
    if (!(scaled >= 1 && scaled < Long.MAX_VALUE)) {
      throw new BadInputException(
          "%s %s is not a positive number of a usable size. Maybe leave it out to emulate nothing."
              .formatted(option, value.get()));
    }
    return Math.round(scaled);
  }
}
