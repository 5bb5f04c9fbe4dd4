package org.edgeld.workbench.ui.doubles;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executor;
import org.edgeld.samples.SampleModel;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.experiment.CoreSpeeds;
import org.edgeld.workbench.fixture.ImaginedRefiner;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.ui.UiServices;
import org.edgeld.workbench.ui.plan.EstimatedProfile;
import org.edgeld.workbench.ui.settings.UiSettings;
import org.edgeld.workbench.ui.sweep.SweepTools;

/** The window's services with real plans, without agents. */
public final class UiFixture {
  private final Path weights;
  private final Path history;
  private final ListedDirectory directory;
  private final ListedDirectory sweepDirectory = new ListedDirectory(List.of());
  private final EchoRunner runner = new EchoRunner();
  private final UiSettings settings = UiSettings.transientSettings();

  /** Imported weights are kept in the system's temporary folder, by their content. */
  public UiFixture(List<KnownAgent> agents) {
    this(agents, Path.of(System.getProperty("java.io.tmpdir"), "edgeld-window-test"));
  }

  /**
   * @param weights where imported weights are kept
   */
  public UiFixture(List<KnownAgent> agents, Path weights) {
    this(agents, weights, TemporaryFolders.create("edgeld-window-history"));
  }

  /**
   * @param weights where imported weights are kept
   * @param history where runs are kept
   */
  public UiFixture(List<KnownAgent> agents, Path weights, Path history) {
    this.weights = weights;
    this.history = history;
    this.directory = new ListedDirectory(agents);
  }

  /** Returns services whose long work runs on {@code executor}. */
  public UiServices services(Executor executor) {
    return services(executor, SampleModels.all());
  }

  /** Returns services with other models. */
  public UiServices services(Executor executor, List<SampleModel> models) {
    return new UiServices(
        directory,
        sweepDirectory,
        (graph, agents, monitor) ->
            EstimatedProfile.of(
                graph, agents.stream().map(agent -> agent.info().orElseThrow()).toList()),
        new ImaginedRefiner(step -> 1.1),
        DefaultPlanner.load(),
        runner,
        models,
        SplitStrategies.load().all(),
        Scheme.all(),
        new OnnxImporter(weights),
        new RunHistory(history, Clock.systemUTC()),
        settings,
        executor,
        Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC));
  }

  /** Returns what sweeps work with; their folders are in {@code folder}. */
  public SweepTools sweepTools(Path folder) {
    UiServices services = services(Runnable::run);
    return new SweepTools(
        services.sweepDirectory(),
        services.profiler(),
        services.planner(),
        services.runner(),
        services.models(),
        SplitStrategies.load(),
        services.schemes(),
        FusionRules.load(),
        services.importer(),
        folder,
        services.clock(),
        System::nanoTime,
        new CoreSpeeds(folder));
  }

  public ListedDirectory directory() {
    return directory;
  }

  public ListedDirectory sweepDirectory() {
    return sweepDirectory;
  }

  public EchoRunner runner() {
    return runner;
  }

  public UiSettings settings() {
    return settings;
  }
}
