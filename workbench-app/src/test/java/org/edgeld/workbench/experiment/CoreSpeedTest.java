package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.profilefile.ProfileFile;
import org.edgeld.workbench.ui.doubles.ListedDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class CoreSpeedTest {
  @TempDir Path home;

  private final SweepSpec spec =
      Specs.sweep(List.of(2), List.of(100.0), List.of("equal"), 1, 7); // shares of 0.2

  private Networks networks() {
    return new Networks(SampleModels.all(), home.resolve("cache"));
  }

  @Test
  void profilesInTheFolderTellHowFastAWholeCoreIs() throws Exception {
    SweepFolder folder = new SweepFolder(home.resolve("sweep"));
    folder.create(spec);
    assertThat(CoreSpeed.profiled(folder, spec, networks())).isEmpty();
    Model model = networks().open(spec.networks().get(0));
    Path file = folder.profile(spec.boards().get(0), spec.networks().get(0));
    Files.createDirectories(file.getParent());
    ProfileFile.write(
        file, model.id(), model.graph(), SyntheticCluster.equal(model.graph(), 2, 3e9, 1e9));
    CoreSpeed found = CoreSpeed.profiled(folder, spec, networks()).orElseThrow();
    assertThat(found.flopsPerSecond()).isCloseTo(3e9 / 0.2, within(0.01 * 3e9 / 0.2));
    assertThat(found.words()).isEqualTo("a core computes 15 GFLOP/s, as profiled for this sweep");
  }

  @Test
  void whatWasFoundIsKeptForThisProcessorOnly() throws Exception {
    CoreSpeeds speeds = new CoreSpeeds(home.resolve("user"));
    assertThat(speeds.kept()).isEmpty();
    speeds.keep(new CoreSpeed(83e9, CoreSpeed.Origin.TIMED));
    assertThat(speeds.kept()).contains(new CoreSpeed(83e9, CoreSpeed.Origin.KEPT));
    Path file = home.resolve("user").resolve("core-speed.json");
    Files.writeString(file, Files.readString(file).replace("\"cores\" : \"", "\"cores\" : \"1"));
    assertThat(speeds.kept()).as("of another computer").isEmpty();
    Files.writeString(file, "damaged");
    assertThat(speeds.kept()).isEmpty();
  }

  private static Profiler timing(double flopsPerSecond) {
    return new Profiler() {
      @Override
      public ClusterProfile profile(ModelGraph graph, List<KnownAgent> agents, JobMonitor monitor) {
        throw new AssertionError("only convolutions are timed");
      }

      @Override
      public List<Regression.Point> convolutions(
          List<GridPoint> points, Duration budget, KnownAgent agent, JobMonitor monitor) {
        return points.stream()
            .map(p -> new Regression.Point(p.flops(), p.flops() / flopsPerSecond))
            .toList();
      }
    };
  }

  @Test
  void aCoreIsTimedOnAnAgentThatIsStoppedAgain() throws Exception {
    ListedDirectory directory = new ListedDirectory(List.of());
    CoreSpeed timed = CoreSpeed.timed(directory, timing(60e9), JobMonitor.SILENT).orElseThrow();
    assertThat(timed.flopsPerSecond()).isCloseTo(60e9, within(1.0));
    assertThat(timed.words()).isEqualTo("a core computes 60 GFLOP/s, as timed just now");
    assertThat(directory.started()).hasSize(1);
    assertThat(directory.agents()).isEmpty();
    Profiler none =
        (graph, agents, monitor) -> {
          throw new AssertionError("only convolutions are timed");
        };
    assertThat(CoreSpeed.timed(directory, none, JobMonitor.SILENT)).isEmpty();
  }

  @Test
  void aFasterCoreShortensTheForecastButNotTheStartOfAgents() {
    var trials = Schedule.trials(spec);
    double[] seconds = new double[3];
    double[] rates = {1e9, 10e9, 1e15};
    for (int i = 0; i < rates.length; i++) {
      seconds[i] =
          new Forecast(
                  DefaultPlanner.load(),
                  networks(),
                  spec,
                  new CoreSpeed(rates[i], CoreSpeed.Origin.TIMED))
              .seconds(trials);
    }
    assertThat(seconds[0]).isGreaterThan(seconds[1]);
    assertThat(seconds[1]).isGreaterThan(seconds[2]);
    assertThat(seconds[2]).isGreaterThan(4);
  }
}
