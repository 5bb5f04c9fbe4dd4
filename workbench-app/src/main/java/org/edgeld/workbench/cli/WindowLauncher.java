package org.edgeld.workbench.cli;

import java.util.Optional;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.settings.WorkbenchSettings;

/** Opens the window. Kept apart from it so that the command line runs where there is no JavaFX. */
@FunctionalInterface
public interface WindowLauncher {
  /**
   * Opens the window and returns once it is closed.
   *
   * @param settings folders and ports
   * @param local emulated agents to start as soon as the window shows
   * @throws ClusterException if the key file cannot be used
   */
  void launch(WorkbenchSettings settings, Optional<LocalClusterSpec> local) throws ClusterException;
}
