package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.Runner;
import org.edgeld.workbench.ui.doubles.EchoRunner;
import org.edgeld.workbench.ui.doubles.ListedDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class TurnsTest {
  @TempDir Path home;

  @Test
  void everyTrialHasAnOrderOfItsOwnOnTheSameInputs() throws Exception {
    List<RunRequest> requests = new ArrayList<>();
    EchoRunner echo = new EchoRunner();
    Runner runner =
        (request, monitor) -> {
          requests.add(request);
          return echo.run(request, monitor);
        };
    SweepServices services =
        new SweepServices(
            new ListedDirectory(List.of()),
            (graph, agents, monitor) -> SyntheticCluster.equal(graph, agents.size(), 1e9, 1e9),
            DefaultPlanner.load(),
            runner,
            new Networks(SampleModels.all(), home.resolve("cache")));
    SweepSpec spec = Specs.sweep(List.of(1, 2), List.of(100.0), List.of("equal"), 3, 7);
    SweepFolder folder = new SweepFolder(home.resolve("sweep"));
    folder.create(spec);
    new Sweep(services, Clock.systemUTC(), System::nanoTime)
        .run(folder, spec, (record, done, of) -> {}, JobMonitor.SILENT, new PauseSwitch());
    assertThat(requests).hasSize(9).extracting(RunRequest::seed).containsOnly(7L);
    assertThat(requests).extracting(RunRequest::orderSeed).doesNotHaveDuplicates();
  }
}
