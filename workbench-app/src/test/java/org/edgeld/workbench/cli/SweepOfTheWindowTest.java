package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;
import org.edgeld.workbench.ui.sweep.SweepViewModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What window or command line begin, the other goes on with. */
class SweepOfTheWindowTest {
  @TempDir Path home;

  private final UiFixture fixture = new UiFixture(List.of());
  private final BannerViewModel banner = new BannerViewModel();

  private SweepViewModel window() {
    return new SweepViewModel(
        fixture.sweepTools(home),
        new JobViewModel(Runnable::run, Runnable::run, banner),
        banner,
        Runnable::run,
        Runnable::run);
  }

  @Test
  void eachGoesOnWithWhatTheOtherBegan() throws Exception {
    Path spec = home.resolve("spec.json");
    Path out = home.resolve("out");
    Files.writeString(
        spec,
        """
        {"models": ["fashion"], "devices": [2], "cpuShares": [0.2], "linkMbps": [100],
         "strategies": ["ocbp", "equal"], "repeats": 2, "rounds": 2}
        """);
    SweepViewModel window = window();
    window.design().open(spec);
    window.design().folderProperty().set(out.toString());
    AtomicInteger runs = new AtomicInteger();
    fixture
        .runner()
        .meanwhile(
            monitor -> {
              if (runs.incrementAndGet() == 2) {
                window.cancel();
              }
              monitor.checkCancelled();
            });
    window.start();
    assertThat(window.outcome()).startsWith("1 of 6 trials");

    CliHarness cli = new CliHarness(home);
    cli.services.onRun =
        () -> {
          if (cli.services.runs.size() == 3) {
            cli.cancellation.cancel();
          }
        };
    assertThat(cli.execute("sweep --resume " + out)).as(cli.err).isEqualTo(ExitCode.CANCELLED);
    List<String> both = Files.readAllLines(out.resolve("trials.jsonl"));
    assertThat(both).hasSize(3);

    SweepViewModel other = window();
    other.openFolder(out);
    other.goOn();
    assertThat(banner.messageProperty().get()).isEmpty();
    assertThat(other.outcome())
        .isEqualTo("All 6 trials are over: 6 measured, 0 without a plan, 0 failed.");
    assertThat(Files.readAllLines(out.resolve("trials.jsonl")))
        .hasSize(6)
        .startsWith(both.toArray(String[]::new));
  }
}
