package org.edgeld.workbench.experiment;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * Lets somebody stop a sweep between two trials for a while: the trial under way is finished and
 * recorded first, so nothing is lost and no figure is touched. Agents stay where they are.
 * Thread-safe.
 */
public final class PauseSwitch {
  private static final long LOOK_MILLIS = 50;

  private final BooleanSupplier alsoWanted;
  private boolean wanted;

  /** Creates a switch that nobody else can set. */
  public PauseSwitch() {
    this(() -> false);
  }

  /**
   * Creates a switch.
   *
   * @param alsoWanted asked again and again: true makes the sweep wait too, whatever the switch
   *     says
   */
  public PauseSwitch(BooleanSupplier alsoWanted) {
    this.alsoWanted = alsoWanted;
  }

  /** Makes the sweep wait after the trial under way. */
  public synchronized void pause() {
    wanted = true;
  }

  /** Lets the sweep go on. */
  public synchronized void proceed() {
    wanted = false;
    notifyAll();
  }

  /** Tells whether the sweep is to wait. */
  public synchronized boolean wanted() {
    return wanted || alsoWanted.getAsBoolean();
  }

  /**
   * Returns at once, or when the sweep may go on.
   *
   * @throws JobCancelledException if the job is cancelled meanwhile
   */
  synchronized void await(JobMonitor monitor) throws JobCancelledException {
    while (wanted()) {
      monitor.checkCancelled();
      try {
        TimeUnit.MILLISECONDS.timedWait(this, LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new JobCancelledException();
      }
    }
  }
}
