package org.edgeld.workbench.cli;

import java.io.InputStream;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.settings.WorkbenchSettings;

/**
 * What every command works with.
 *
 * @param services opens what reaches agents
 * @param catalogue everything chosen by name
 * @param console where commands speak
 * @param settings used where no option says otherwise
 * @param cancellation the user's wish to stop
 * @param stdin standard input
 * @param window opens the window
 */
public record CliContext(
    CommandServices.Factory services,
    Catalogue catalogue,
    Console console,
    WorkbenchSettings settings,
    Cancellation cancellation,
    InputStream stdin,
    WindowLauncher window) {
  /** Returns a monitor for a command's work. */
  JobMonitor monitor() {
    return cancellation.monitor(console);
  }
}
