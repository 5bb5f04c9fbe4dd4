package org.edgeld.workbench.history;

import java.nio.file.Path;
import java.time.Clock;
import org.edgeld.workbench.fixture.KeptRuns;

/** Keeps runs until it is killed, and says the number of each. */
public final class KeepingProgram {
  private KeepingProgram() {}

  public static void main(String[] arguments) throws Exception {
    RunHistory history = new RunHistory(Path.of(arguments[0]), Clock.systemUTC());
    KeptRun run = KeptRuns.of(2);
    while (true) {
      System.out.println(history.keep(run));
    }
  }
}
