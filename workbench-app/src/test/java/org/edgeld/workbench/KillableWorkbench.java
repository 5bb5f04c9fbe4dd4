package org.edgeld.workbench;

import org.edgeld.workbench.cli.FakeWorkbench;

/**
 * A workbench over agents in memory that says when it has released them; a process for tests to
 * kill.
 */
final class KillableWorkbench {
  private KillableWorkbench() {}

  public static void main(String[] arguments) {
    System.exit(
        new WorkbenchMain(
                FakeWorkbench.services(() -> System.out.println("released")),
                (settings, local) -> {})
            .run(arguments));
  }
}
