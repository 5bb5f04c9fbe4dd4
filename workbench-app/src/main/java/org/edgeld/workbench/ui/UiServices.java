package org.edgeld.workbench.ui;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import org.edgeld.samples.SampleModel;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.experiment.CoreSpeeds;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profile.Refiner;
import org.edgeld.workbench.run.Runner;
import org.edgeld.workbench.settings.WorkbenchSettings;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.ui.settings.UiSettings;
import org.edgeld.workbench.ui.sweep.SweepTools;

/**
 * What the window works with.
 *
 * @param directory knows the agents; whoever made it closes it
 * @param sweepDirectory starts and asks the agents of sweeps, apart from those of {@code directory}
 * @param profiler measures them
 * @param refiner measures the steps of plans on them
 * @param planner plans for them
 * @param runner runs plans on them
 * @param models to choose from, at least one
 * @param strategies to choose from, at least one
 * @param schemes published schemes
 * @param importer opens models from files
 * @param history keeps the runs
 * @param settings what the window remembers
 * @param executor runs work that takes long, several tasks at a time
 * @param clock dates file names
 */
public record UiServices(
    AgentDirectory directory,
    AgentDirectory sweepDirectory,
    Profiler profiler,
    Refiner refiner,
    Planner planner,
    Runner runner,
    List<SampleModel> models,
    List<SplitStrategy> strategies,
    List<Scheme> schemes,
    OnnxImporter importer,
    RunHistory history,
    UiSettings settings,
    Executor executor,
    Clock clock) {
  public UiServices {
    models = List.copyOf(models);
    strategies = List.copyOf(strategies);
    schemes = List.copyOf(schemes);
  }

  /** Returns what sweeps work with: the same, but for their own agents. */
  SweepTools sweepTools() {
    return new SweepTools(
        sweepDirectory,
        profiler,
        planner,
        runner,
        models,
        new SplitStrategies(strategies),
        schemes,
        FusionRules.load(),
        importer,
        Path.of(System.getProperty("user.home"), "edgeld-sweeps"),
        clock,
        System::nanoTime,
        new CoreSpeeds(
            WorkbenchSettings.ofHome(Path.of(System.getProperty("user.home"))).cacheDir()));
  }
}
