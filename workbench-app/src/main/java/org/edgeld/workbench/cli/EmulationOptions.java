package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.cluster.PerDevice;
import org.edgeld.workbench.profile.LinkEstimate;
import picocli.CommandLine.Option;

/** How local agents are slowed down to play weaker boards. */
final class EmulationOptions {
  private static final double BOARD_LINK = 1e9;

  @Option(
      names = "--cpu-share",
      paramLabel = "S",
      split = ",",
      description =
          "Fraction of one core that each local agent computes with, 0 to 1. Default: 1. Several,"
              + " as in 0.2,0.1, are dealt out to the agents in turn, device A first.")
  private List<Double> cpuShares = new ArrayList<>();

  @Option(
      names = "--link-mbps",
      paramLabel = "R",
      split = ",",
      description =
          "Rate of each local agent's link in Mbit/s, each way. Default: not limited; 1000 between"
              + " boards. Several, as in 1000,100, are dealt out to the agents in turn, device A"
              + " first.")
  private List<Double> linkMbps = new ArrayList<>();

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
    return !linkMbps.isEmpty() || linkDelayMillis.isPresent() || ofAgents();
  }

  /** Tells whether any option was given that boards which are typed in do not have. */
  private boolean ofAgents() {
    return !cpuShares.isEmpty() || memoryMegabytes.isPresent() || threads.isPresent();
  }

  /** Returns a cluster of so many agents. */
  LocalClusterSpec spec(int agents) throws BadInputException {
    PerDevice shares = dealt("--cpu-share", cpuShares, 1, agents);
    PerDevice rates = dealt("--link-mbps", linkMbps, 0, agents);
    for (double rate : linkMbps) {
      positive("--link-mbps", Optional.of(rate), 1e6);
    }
    long delayNanos = positive("--link-delay-ms", linkDelayMillis, 1e6);
    long memoryBytes = positive("--memory-mb", memoryMegabytes, 1e6);
    try {
      return LocalClusterSpec.of(
          agents,
          i -> new Emulation(shares.of(i), Math.round(1e6 * rates.of(i)), delayNanos, memoryBytes),
          threads.orElse(1));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private static PerDevice dealt(String option, List<Double> values, double otherwise, int agents)
      throws BadInputException {
    if (values.size() > Math.max(1, agents)) {
      throw new BadInputException(
          "%s has %d values for %d agents. Maybe leave some out."
              .formatted(option, values.size(), agents));
    }
    return values.isEmpty() ? PerDevice.all(otherwise) : new PerDevice(values);
  }

  /** Returns the link between boards that are typed in. */
  LinkEstimate link() throws BadInputException {
    if (linkMbps.size() > 1) {
      throw new BadInputException(
          "Boards that are typed in have one --link-mbps, not %d. Maybe say the slower links in"
                  .formatted(linkMbps.size())
              + " --board, as in pi4:8::::100.");
    }
    if (ofAgents()) {
      throw new BadInputException(
          "CPU share, memory and threads are for agents started with --local. Maybe say in --board"
              + " what the board can do.");
    }
    Optional<Double> typed = linkMbps.stream().findFirst();
    double rate = typed.isPresent() ? positive("--link-mbps", typed, 1e6) : BOARD_LINK;
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
