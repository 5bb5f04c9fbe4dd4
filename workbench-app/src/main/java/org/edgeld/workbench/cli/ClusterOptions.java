package org.edgeld.workbench.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.settings.WorkbenchSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which agents profile, plan and run work with. */
final class ClusterOptions {
  @Option(
      names = "--local",
      paramLabel = "N",
      description = "Start N agents on this computer for this command only.")
  private Optional<Integer> local = Optional.empty();

  @Option(
      names = "--discover",
      paramLabel = "N",
      description = "Look for agents on the network until N are ready.")
  private Optional<Integer> discover = Optional.empty();

  @Option(
      names = "--wait-ms",
      paramLabel = "MS",
      defaultValue = "10000",
      description = "How long --discover looks, in ms. Default: ${DEFAULT-VALUE}.")
  private int waitMillis;

  @Option(
      names = "--agents",
      paramLabel = "host:port",
      split = ",",
      description = "Use the agents at these addresses; the first is device A.")
  private List<String> agents = new ArrayList<>();

  @Mixin private EmulationOptions emulation = new EmulationOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  /** Tells whether agents were asked for. */
  boolean given() {
    return local.isPresent() || discover.isPresent() || !agents.isEmpty();
  }

  /** Returns which agents were asked for. */
  ClusterChoice choice() throws BadInputException {
    long ways =
        Stream.of(local.isPresent(), discover.isPresent(), !agents.isEmpty())
            .filter(given -> given)
            .count();
    if (ways == 0) {
      throw new BadInputException(
          "No cluster was chosen. Maybe add --local 4, --discover 4 or --agents host:port.");
    }
    if (ways > 1) {
      throw new BadInputException(
          "Only one of --local, --discover and --agents can be used. Maybe leave one out.");
    }
    if (local.isPresent()) {
      return new ClusterChoice.Local(emulation.spec(local.get()));
    }
    if (emulation.given()) {
      throw new BadInputException(
          "CPU share, link, memory and threads only apply to agents started with --local. Maybe set"
              + " them where the agents are started.");
    }
    return discover.isPresent() ? discovery(discover.get()) : addresses();
  }

  /** Returns the link between boards that are typed in instead of choosing agents. */
  LinkEstimate linkOfBoards() throws BadInputException {
    if (given()) {
      throw new BadInputException(
          "Only one of --board, --local, --discover and --agents can be used. Maybe leave one out.");
    }
    return emulation.link();
  }

  /** Returns the settings for reaching them. */
  WorkbenchSettings settings(WorkbenchSettings defaults) throws BadInputException {
    return local.isPresent()
        ? connection.settings(defaults)
        : connection.settingsForRunningAgents(defaults);
  }

  private ClusterChoice discovery(int count) throws BadInputException {
    if (count < 1 || waitMillis < 0) {
      throw new BadInputException(
          "Looking for %d agents during %d ms is impossible. Maybe use --discover 4."
              .formatted(count, waitMillis));
    }
    return new ClusterChoice.Discover(count, Duration.ofMillis(waitMillis));
  }

  private ClusterChoice addresses() throws BadInputException {
    List<AgentAddress> addresses = new ArrayList<>();
    Set<AgentAddress> seen = new HashSet<>();
    for (String text : agents) {
      try {
        AgentAddress address = AgentAddress.parse(text.strip());
        if (!seen.add(address)) {
          throw new BadInputException(
              "The agent %s is named twice. Maybe one of them has another port."
                  .formatted(address));
        }
        addresses.add(address);
      } catch (IllegalArgumentException e) {
        throw new BadInputException(e.getMessage(), e);
      }
    }
    return new ClusterChoice.Addresses(addresses);
  }
}
