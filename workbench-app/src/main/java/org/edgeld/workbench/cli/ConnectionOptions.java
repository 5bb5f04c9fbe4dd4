package org.edgeld.workbench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.workbench.settings.WorkbenchSettings;
import picocli.CommandLine.Option;

/** Options of all commands that reach agents. */
final class ConnectionOptions {
  @Option(
      names = "--key-file",
      paramLabel = "F",
      description =
          "Shared key of workbench and agents. Default: ~/.edgeld/key; a local cluster needs none.")
  private Optional<Path> keyFile = Optional.empty();

  @Option(
      names = {"--discovery-port", "--port"},
      paramLabel = "P",
      description =
          "First UDP port on which agents answer discovery. Default: "
              + WorkbenchSettings.DEFAULT_DISCOVERY_PORT
              + ".")
  private Optional<Integer> discoveryPort = Optional.empty();

  /**
   * Returns the settings for reaching agents that run already: a key made now would be none of
   * theirs, so a key file that was named has to exist.
   */
  WorkbenchSettings settingsForRunningAgents(WorkbenchSettings defaults) throws BadInputException {
    if (keyFile.isPresent() && Files.notExists(keyFile.get())) {
      throw new BadInputException(
          "The key file %s does not exist. Maybe copy it from the agent's machine."
              .formatted(keyFile.get()));
    }
    return settings(defaults);
  }

  /** Returns the defaults with what was given in their place. */
  WorkbenchSettings settings(WorkbenchSettings defaults) throws BadInputException {
    WorkbenchSettings settings = defaults.withKeyFile(keyFile);
    try {
      return discoveryPort.isPresent() ? settings.withDiscoveryPort(discoveryPort.get()) : settings;
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }
}
