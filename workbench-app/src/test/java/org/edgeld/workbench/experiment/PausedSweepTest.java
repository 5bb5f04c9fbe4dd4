package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.ui.doubles.EchoRunner;
import org.edgeld.workbench.ui.doubles.ListedDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
@Timeout(60)
class PausedSweepTest {
  @TempDir Path home;

  private final ExecutorService background = Executors.newSingleThreadExecutor();
  private final SweepSpec spec = Specs.sweep(List.of(1, 2), List.of(100.0), List.of("equal"), 2, 7);
  private final int total = Schedule.trials(spec).size();
  private final PauseSwitch pause = new PauseSwitch();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final CountDownLatch waits = new CountDownLatch(1);
  private final List<String> heard = new ArrayList<>();
  private SweepFolder folder;

  @BeforeEach
  void create() throws SweepFolderException {
    folder = new SweepFolder(home.resolve("sweep"));
    folder.create(spec);
  }

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  /** Hears all, and pauses the sweep while its second trial is under way. */
  private final class Listener implements SweepListener {
    @Override
    public void begins(Trial trial, int done, int of, double secondsLeft) {
      heard.add("begins " + done);
      if (done == 1) {
        pause.pause();
      }
    }

    @Override
    public void finished(TrialRecord record, int done, int of) {
      heard.add("finished " + done);
    }

    @Override
    public void pauses() {
      heard.add("pauses");
      waits.countDown();
    }

    @Override
    public void goesOn() {
      heard.add("goes on");
    }
  }

  private Future<List<TrialRecord>> start() {
    Networks networks = new Networks(SampleModels.all(), home.resolve("cache"));
    SweepServices services =
        new SweepServices(
            new ListedDirectory(List.of()),
            (graph, agents, monitor) -> SyntheticCluster.equal(graph, agents.size(), 1e9, 1e9),
            DefaultPlanner.load(),
            new EchoRunner(),
            networks);
    JobMonitor monitor =
        new JobMonitor() {
          @Override
          public void progress(String what, double fraction) {}

          @Override
          public boolean cancelled() {
            return cancelled.get();
          }
        };
    Sweep sweep = new Sweep(services, Clock.systemUTC(), System::nanoTime);
    return background.submit(() -> sweep.run(folder, spec, new Listener(), monitor, pause));
  }

  private int onDisk() throws SweepFolderException {
    return folder.readTrials(spec).size();
  }

  @Test
  void thePauseBeginsAfterTheTrialUnderWayAndEndsWhenAskedFor() throws Exception {
    Future<List<TrialRecord>> sweep = start();
    waits.await();
    assertThat(onDisk()).as("the trial under way was finished first").isEqualTo(2);
    assertThat(sweep.isDone()).isFalse();
    pause.proceed();
    assertThat(sweep.get()).hasSize(total);
    assertThat(heard)
        .startsWith(
            "begins 0", "finished 1", "begins 1", "finished 2", "pauses", "goes on", "begins 2")
        .endsWith("finished " + total);
  }

  @Test
  void aPausedSweepCanBeCancelledAndGoneOnWith() throws Exception {
    Future<List<TrialRecord>> sweep = start();
    waits.await();
    cancelled.set(true);
    assertThatThrownBy(sweep::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JobCancelledException.class);
    assertThat(onDisk()).isEqualTo(2);
    cancelled.set(false);
    pause.proceed();
    assertThat(start().get()).hasSize(total);
  }

  @Test
  void waitingIsNotTakenForMeasuring() {
    AtomicLong nanos = new AtomicLong();
    Networks networks = new Networks(SampleModels.all(), home.resolve("cache"));
    List<Trial> trials = Schedule.trials(spec);
    Pace pace =
        new Pace(
            new Forecast(DefaultPlanner.load(), networks, spec, CoreSpeed.ASSUMED),
            trials,
            nanos::get);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
    pace.finished(trials.get(0));
    double before = pace.secondsLeft();
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    pace.paused(TimeUnit.HOURS.toNanos(1));
    assertThat(pace.secondsLeft()).isEqualTo(before).isPositive();
  }
}
