package org.edgeld.workbench.ui.job;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * The one long action that is under way. Its work runs on the background executor, its properties
 * change on the window's thread.
 */
public final class JobViewModel {
  /** What a job does; it asks the monitor now and then whether to stop. */
  @FunctionalInterface
  public interface Work {
    void run(JobMonitor monitor) throws Exception;
  }

  private static final String UNDER_WAY = "Another job is under way. Maybe cancel it (Esc).";

  private final Executor background;
  private final Executor ui;
  private final BannerViewModel banner;
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(false);
  private final ReadOnlyStringWrapper what = new ReadOnlyStringWrapper("");
  private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
  private Monitor current = new Monitor();

  /**
   * @param background where work runs
   * @param ui runs tasks on the window's thread
   * @param banner shows failures, and that another job is under way
   */
  public JobViewModel(Executor background, Executor ui, BannerViewModel banner) {
    this.background = background;
    this.ui = ui;
    this.banner = banner;
  }

  /**
   * Starts work unless a job is running; then the banner says so.
   *
   * @param title said until the work reports something
   * @return whether it was started
   */
  public boolean start(String title, Work work) {
    if (running.get()) {
      banner.show(UNDER_WAY);
      return false;
    }
    Monitor monitor = new Monitor();
    current = monitor;
    banner.dismiss();
    what.set(title);
    fraction.set(-1);
    running.set(true);
    background.execute(() -> perform(work, monitor));
    return true;
  }

  private void perform(Work work, Monitor monitor) {
    try {
      work.run(monitor);
      ui.execute(() -> end(""));
    } catch (JobCancelledException e) {
      ui.execute(() -> end("Cancelled."));
    } catch (Exception | LinkageError e) {
      String sentence = Failures.sentence(e);
      ui.execute(
          () -> {
            end("");
            banner.show(sentence);
          });
    }
  }

  private void end(String lastWords) {
    running.set(false);
    what.set(lastWords);
    fraction.set(-1);
  }

  /** Asks the running job to stop; it ends when its work notices. */
  public void cancel() {
    if (running.get()) {
      current.cancelled.set(true);
      what.set("Cancelling…");
    }
  }

  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  public ReadOnlyStringProperty whatProperty() {
    return what.getReadOnlyProperty();
  }

  /** Done share of the job, 0 to 1; negative if unknown. */
  public ReadOnlyDoubleProperty fractionProperty() {
    return fraction.getReadOnlyProperty();
  }

  private final class Monitor implements JobMonitor {
    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Override
    public void progress(String sentence, double share) {
      ui.execute(
          () -> {
            if (running.get() && current == this && !cancelled.get()) {
              what.set(sentence);
              fraction.set(share);
            }
          });
    }

    @Override
    public boolean cancelled() {
      return cancelled.get();
    }
  }
}
