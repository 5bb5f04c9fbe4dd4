package org.edgeld.workbench.ui.doubles;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs tasks when the test says so. */
public final class QueuedExecutor implements Executor {
  private final Deque<Runnable> tasks = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs everything that waits, and what that adds. */
  public void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  /** Returns how many tasks wait. */
  public int waiting() {
    return tasks.size();
  }
}
