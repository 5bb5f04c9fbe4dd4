package org.edgeld.workbench.ui.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.ui.doubles.QueuedExecutor;
import org.junit.jupiter.api.Test;

class JobViewModelTest {
  private final QueuedExecutor background = new QueuedExecutor();
  private final BannerViewModel banner = new BannerViewModel();
  private final JobViewModel job = new JobViewModel(background, Runnable::run, banner);

  @Test
  void progressIsShownWhileTheWorkRuns() {
    List<String> seen = new ArrayList<>();
    job.start(
        "Begin",
        monitor -> {
          monitor.progress("Half", 0.5);
          seen.add(job.whatProperty().get() + " " + job.fractionProperty().get());
        });
    assertThat(job.runningProperty().get()).isTrue();
    assertThat(job.whatProperty().get()).isEqualTo("Begin");
    background.runAll();
    assertThat(seen).containsExactly("Half 0.5");
    assertThat(job.runningProperty().get()).isFalse();
    assertThat(banner.shownProperty().get()).isFalse();
  }

  @Test
  void onlyOneJobRunsAtATime() {
    assertThat(job.start("First", monitor -> {})).isTrue();
    assertThat(banner.shownProperty().get()).isFalse();
    assertThat(job.start("Second", monitor -> {})).isFalse();
    assertThat(banner.messageProperty().get())
        .isEqualTo("Another job is under way. Maybe cancel it (Esc).");
    assertThat(job.whatProperty().get()).isEqualTo("First");
    background.runAll();
    assertThat(job.start("Third", monitor -> {})).isTrue();
  }

  @Test
  void cancellingEndsTheJobWithoutAFailure() {
    job.start(
        "Long",
        monitor -> {
          job.cancel();
          monitor.checkCancelled();
          throw new IllegalStateException("not reached");
        });
    background.runAll();
    assertThat(job.runningProperty().get()).isFalse();
    assertThat(job.whatProperty().get()).isEqualTo("Cancelled.");
    assertThat(banner.shownProperty().get()).isFalse();
  }

  @Test
  void failuresAreSaidInTheBanner() {
    job.start(
        "Run",
        monitor -> {
          throw new RunFailedException("Device C stopped at step 3. Maybe its power is out.");
        });
    background.runAll();
    assertThat(banner.messageProperty().get())
        .isEqualTo("Device C stopped at step 3. Maybe its power is out.");
    assertThat(job.runningProperty().get()).isFalse();
  }

  @Test
  void latestOnlyDropsWhatWasOvertaken() {
    LatestOnly latest = new LatestOnly(background);
    List<Integer> ran = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      int value = i;
      latest.submit(() -> ran.add(value));
    }
    background.runAll();
    latest.submit(() -> ran.add(5));
    background.runAll();
    assertThat(ran).containsExactly(4, 5);
  }
}
