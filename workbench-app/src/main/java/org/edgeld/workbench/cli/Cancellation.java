package org.edgeld.workbench.cli;

import java.util.concurrent.CountDownLatch;
import org.edgeld.workbench.job.JobMonitor;

/** The user's wish to stop, which any thread may utter once. Thread-safe. */
public final class Cancellation {
  private final CountDownLatch cancelled = new CountDownLatch(1);

  /** Asks the work to stop. */
  public void cancel() {
    cancelled.countDown();
  }

  /** Tells whether the work shall stop. */
  public boolean cancelled() {
    return cancelled.getCount() == 0;
  }

  /** Waits until the work shall stop. */
  void await() throws InterruptedException {
    cancelled.await();
  }

  /** Returns a monitor that reports to a console and asks this. */
  JobMonitor monitor(Console console) {
    return new JobMonitor() {
      @Override
      public void progress(String what, double fraction) {
        console.progress(what, fraction);
      }

      @Override
      public boolean cancelled() {
        return Cancellation.this.cancelled();
      }
    };
  }
}
