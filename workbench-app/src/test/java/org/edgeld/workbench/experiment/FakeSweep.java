package org.edgeld.workbench.experiment;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.ui.doubles.EchoRunner;
import org.edgeld.workbench.ui.doubles.ListedDirectory;
import org.junit.jupiter.api.io.TempDir;

/** A sweep on agents that exist only in memory, in which anything may go wrong. */
abstract class FakeSweep {
  static final long SECOND = 1_000_000_000L;

  @TempDir Path home;

  final EchoRunner runner = new EchoRunner();
  final AtomicInteger runs = new AtomicInteger();
  final AtomicLong aheadNanos = new AtomicLong();
  final List<String> said = new ArrayList<>();
  final List<Long> begun = new ArrayList<>();
  final List<Long> finished = new ArrayList<>();
  boolean cancelled;
  int looksToCoolDown = Integer.MAX_VALUE;
  AgentDirectory directory = new ListedDirectory(List.of());
  Profiler profiler =
      (graph, agents, monitor) -> SyntheticCluster.equal(graph, agents.size(), 1e9, 1e9);
  SweepSpec spec = Specs.sweep(List.of(1, 2), List.of(100.0), List.of("equal"), 2, 7);

  final JobMonitor monitor =
      new JobMonitor() {
        @Override
        public void progress(String what, double fraction) {
          said.add(what);
        }

        @Override
        public boolean cancelled() {
          return cancelled || (!finished.isEmpty() && looksToCoolDown-- <= 0);
        }
      };

  /** Notes when trials begin and end. */
  final class Times implements SweepListener {
    @Override
    public void begins(Trial trial, int done, int of, double secondsLeft) {
      begun.add(now());
    }

    @Override
    public void finished(TrialRecord record, int done, int of) {
      finished.add(now());
    }
  }

  /** Time goes on as ever, and leaps when a test says so. */
  long now() {
    return System.nanoTime() + aheadNanos.get();
  }

  List<TrialRecord> run() throws Exception {
    SweepFolder folder = new SweepFolder(home.resolve("sweep"));
    if (!folder.spec().toFile().exists()) {
      folder.create(spec);
    }
    SweepServices services =
        new SweepServices(
            directory,
            profiler,
            DefaultPlanner.load(),
            runner,
            new Networks(SampleModels.all(), home.resolve("cache")));
    return new Sweep(services, Clock.systemUTC(), this::now)
        .run(folder, spec, new Times(), monitor, new PauseSwitch());
  }

  void hang(JobMonitor part) throws JobCancelledException {
    while (true) {
      aheadNanos.addAndGet(SECOND);
      part.checkCancelled();
    }
  }

  static List<String> causes(List<TrialRecord> records) {
    return records.stream()
        .map(TrialRecord::outcome)
        .map(outcome -> outcome instanceof Failed failed ? failed.cause() : "")
        .toList();
  }
}
