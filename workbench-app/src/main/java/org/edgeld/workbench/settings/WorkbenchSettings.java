package org.edgeld.workbench.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.transport.Discovery;

/**
 * Folders and files of one user.
 *
 * @param keyFile the shared key that authenticates the workbench to agents
 * @param cacheDir weights that imported models and local agents keep between starts
 * @param historyDir the runs that were kept
 * @param discoveryPort UDP port on which agents answer discovery, 1 to 65535
 */
public record WorkbenchSettings(Path keyFile, Path cacheDir, Path historyDir, int discoveryPort) {
  /** UDP port on which agents answer discovery unless told otherwise. */
  public static final int DEFAULT_DISCOVERY_PORT = Discovery.DEFAULT_BASE_PORT;

  public WorkbenchSettings {
    if (discoveryPort < 1 || discoveryPort > 65535) {
      throw new IllegalArgumentException(
          "The discovery port (%d) is not within 1 to 65535. Maybe a digit is wrong."
              .formatted(discoveryPort));
    }
  }

  /** Returns the defaults: everything in {@code .edgeld} in the user's home folder. */
  public static WorkbenchSettings ofHome(Path home) {
    Path folder = home.resolve(".edgeld");
    return new WorkbenchSettings(
        folder.resolve("key"),
        folder.resolve("cache"),
        folder.resolve("history"),
        DEFAULT_DISCOVERY_PORT);
  }

  /** Returns these settings with another key file, if one is given. */
  public WorkbenchSettings withKeyFile(Optional<Path> file) {
    return new WorkbenchSettings(file.orElse(keyFile), cacheDir, historyDir, discoveryPort);
  }

  /** Returns these settings with another discovery port. */
  public WorkbenchSettings withDiscoveryPort(int port) {
    return new WorkbenchSettings(keyFile, cacheDir, historyDir, port);
  }
}
