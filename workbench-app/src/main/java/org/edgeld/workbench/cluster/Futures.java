package org.edgeld.workbench.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Waiting that asks every moment whether the user has cancelled. */
public final class Futures {
  private static final long POLL_MILLIS = 50;

  private Futures() {}

  /**
   * Waits for a future.
   *
   * @throws ExecutionException with the future's failure as cause
   * @throws JobCancelledException if the user cancels first
   */
  public static <T> T await(CompletableFuture<T> future, JobMonitor monitor)
      throws ExecutionException, JobCancelledException {
    while (true) {
      monitor.checkCancelled();
      try {
        return future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        continue;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new JobCancelledException();
      }
    }
  }
}
