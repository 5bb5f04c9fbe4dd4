package org.edgeld.agent.profile;

/** Told how far a profile is, and asked whether it shall go on. Called on the profiling thread. */
public interface ProfileMonitor {
  /** Watches nothing and never cancels. */
  ProfileMonitor NONE =
      new ProfileMonitor() {
        @Override
        public void progress(int done, int total) {}

        @Override
        public boolean isCancelled() {
          return false;
        }
      };

  /**
   * Something was measured.
   *
   * @param done tiles and grid points measured
   * @param total tiles and grid points in all
   */
  void progress(int done, int total);

  /** Tells whether to give up. */
  boolean isCancelled();
}
