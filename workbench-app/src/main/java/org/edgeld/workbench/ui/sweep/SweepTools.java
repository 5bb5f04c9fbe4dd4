package org.edgeld.workbench.ui.sweep;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;
import org.edgeld.samples.SampleModel;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.experiment.CoreSpeed;
import org.edgeld.workbench.experiment.CoreSpeeds;
import org.edgeld.workbench.experiment.Sweep;
import org.edgeld.workbench.experiment.SweepServices;
import org.edgeld.workbench.experiment.spec.Choices;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.run.Runner;
import org.edgeld.workbench.split.SplitStrategies;

/**
 * What sweeps in the window work with.
 *
 * @param directory agents of sweeps, apart from those that the window lists
 * @param profiler measures them
 * @param planner plans for them
 * @param runner runs plans on them
 * @param models built-in networks
 * @param strategies to choose from
 * @param schemes to choose from
 * @param fusions to choose from
 * @param importer opens networks from files
 * @param folder where sweeps get their folders unless told otherwise
 * @param clock dates trials and folders
 * @param nanoClock tells how long trials take
 * @param speeds remembers how fast cores are
 */
public record SweepTools(
    AgentDirectory directory,
    Profiler profiler,
    Planner planner,
    Runner runner,
    List<SampleModel> models,
    SplitStrategies strategies,
    List<Scheme> schemes,
    FusionRules fusions,
    OnnxImporter importer,
    Path folder,
    Clock clock,
    LongSupplier nanoClock,
    CoreSpeeds speeds) {
  public SweepTools {
    models = List.copyOf(models);
    schemes = List.copyOf(schemes);
  }

  /** Returns networks that no other thread uses. */
  Networks networks() {
    return new Networks(models, importer);
  }

  /** Returns what reads specifications and opens their networks in these. */
  SpecReader reader(Networks networks) {
    return new SpecReader(new Choices(strategies, fusions, networks));
  }

  /** Returns on what forecasts of a sweep rest: boards elsewhere are not known. */
  CoreSpeed speed(SweepSpec spec) {
    return spec.agents().isEmpty() ? speeds.kept().orElse(CoreSpeed.ASSUMED) : CoreSpeed.ASSUMED;
  }

  /** Returns what measures a sweep of these networks. */
  Sweep sweep(Networks networks, SweepSpec spec) {
    return new Sweep(
        new SweepServices(directory, profiler, planner, runner, networks),
        clock,
        nanoClock,
        speed(spec));
  }
}
