package org.edgeld.workbench.ui.job;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.edgeld.workbench.job.JobMonitor;

/**
 * Runs tasks one after another and drops those that a newer one overtook before they began:
 * dragging a slider computes its first and its last position and what fits between.
 */
public final class LatestOnly {
  private final Executor executor;
  private final AtomicReference<Optional<Runnable>> waiting =
      new AtomicReference<>(Optional.empty());
  private final Object turn = new Object();

  public LatestOnly(Executor executor) {
    this.executor = executor;
  }

  /** Returns what cancels the task under way as soon as a newer one waits. */
  public JobMonitor monitor() {
    return new JobMonitor() {
      @Override
      public void progress(String what, double fraction) {}

      @Override
      public boolean cancelled() {
        return waiting.get().isPresent();
      }
    };
  }

  /** Runs {@code task} soon, unless another is submitted before it begins. */
  public void submit(Runnable task) {
    waiting.set(Optional.of(task));
    executor.execute(
        () -> {
          synchronized (turn) {
            waiting.getAndSet(Optional.empty()).ifPresent(Runnable::run);
          }
        });
  }
}
