package org.edgeld.workbench.job;

/** What long work tells its listener, and what it asks of it. */
public interface JobMonitor {
  /** Reports nothing and is never cancelled. */
  JobMonitor SILENT =
      new JobMonitor() {
        @Override
        public void progress(String what, double fraction) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  /**
   * Says what is under way.
   *
   * @param what plain words, such as "Measuring VGG16, frame 3 of 10"
   * @param fraction done of the whole job, 0 to 1; negative if unknown
   */
  void progress(String what, double fraction);

  /** Tells whether the user wants the work to stop. */
  boolean cancelled();

  /**
   * Stops the work if it is cancelled.
   *
   * @throws JobCancelledException if {@link #cancelled}
   */
  default void checkCancelled() throws JobCancelledException {
    if (cancelled()) {
      throw new JobCancelledException();
    }
  }
}
