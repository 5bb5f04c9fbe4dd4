package org.edgeld.workbench.ui.runs;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.edgeld.workbench.experiment.runs.RunComparison;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.Failures;
import org.edgeld.workbench.ui.job.LatestOnly;

/**
 * Compares runs on the background executor. Of several comparisons only the newest is of interest.
 * Used on the window's thread.
 */
final class RunComparing {
  private final LatestOnly comparing;
  private final Executor ui;
  private final BannerViewModel banner;
  private int newest;

  RunComparing(Executor background, Executor ui, BannerViewModel banner) {
    this.comparing = new LatestOnly(background);
    this.ui = ui;
    this.banner = banner;
  }

  /**
   * Compares runs.
   *
   * @param then is given the comparison on the window's thread
   */
  void compare(List<HistoryItem> compared, Consumer<RunComparison> then) {
    int asked = ++newest;
    comparing.submit(
        () -> {
          try {
            RunComparison comparison = RunComparison.of(compared);
            ifNewest(asked, () -> then.accept(comparison));
          } catch (RuntimeException e) {
            String sentence = Failures.sentence(e);
            ifNewest(asked, () -> banner.show(sentence));
          }
        });
  }

  private void ifNewest(int asked, Runnable action) {
    ui.execute(
        () -> {
          if (asked == newest) {
            action.run();
          }
        });
  }
}
