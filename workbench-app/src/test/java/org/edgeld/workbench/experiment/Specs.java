package org.edgeld.workbench.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.experiment.TrialRecord.Accuracy;
import org.edgeld.workbench.experiment.TrialRecord.DeviceTimes;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Infeasible;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Choices;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.split.SplitStrategies;

/** Specifications and invented trials for tests. */
final class Specs {
  private Specs() {}

  static SpecReader reader(Path folder) {
    return new SpecReader(
        new Choices(
            SplitStrategies.load(),
            FusionRules.load(),
            new Networks(SampleModels.all(), folder.resolve("cache"))));
  }

  static NamedMethod method(String strategy, String fusion) {
    return new NamedMethod(
        strategy + "/" + fusion + "/peer", Method.of(strategy).withFusion(fusion));
  }

  /** Returns a sweep of the fashion model. */
  static SweepSpec sweep(
      List<Integer> devices,
      List<Double> linkMbps,
      List<String> strategies,
      int rounds,
      long seed) {
    SweepSpec.Grid grid =
        new SweepSpec.Grid(
            List.of(new Network("fashion", 28)),
            devices,
            linkMbps.stream().map(rate -> new Boards(0.2, rate, 0)).toList(),
            strategies.stream().map(strategy -> method(strategy, "layer")).toList(),
            List.of(org.edgeld.workbench.run.Batch.ONE));
    return new SweepSpec(
        "Test", List.of(), List.of(grid), true, new SweepSpec.Procedure(1, 3, rounds, seed, 0, 60));
  }

  /** Returns the same sweep with another number of rounds, and nothing measured twice. */
  static SweepSpec withRounds(SweepSpec spec, int rounds) {
    SweepSpec.Procedure p = spec.procedure();
    return new SweepSpec(
        spec.name(),
        spec.agents(),
        spec.grids(),
        false,
        new SweepSpec.Procedure(
            p.warmup(), p.repeats(), rounds, p.seed(), p.coolDownMillis(), p.timeLimitSeconds()));
  }

  /** Returns outcomes of all kinds for all trials. */
  static List<TrialRecord> records(SweepSpec spec, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : Schedule.trials(spec)) {
      TrialRecord.Outcome outcome =
          switch (random.nextInt(6)) {
            case 0 -> new Failed("„local-1“ is on fire\nand\u2028gone.");
            case 1 -> new Infeasible("No plan.");
            default -> measured(random, trial.configuration().devices(), 10);
          };
      records.add(
          new TrialRecord(
              trial,
              java.time.Instant.ofEpochSecond(1_700_000_000L + records.size()),
              random.nextDouble(),
              0,
              outcome));
    }
    return records;
  }

  /** Returns a measurement whose latencies lie around a value. */
  static Measured measured(SplittableRandom random, int devices, double millis) {
    List<DeviceTimes> times = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      times.add(new DeviceTimes("local-" + (i + 1), 5, 1, 2));
    }
    return new Measured(
        millis,
        millis / 2,
        4711,
        List.of(1000L, 2000L),
        "plan of " + millis + " ms",
        Map.of(
            "plan", samples(random, millis),
            "local", samples(random, 2 * millis),
            "remote", samples(random, 3 * millis)),
        1,
        random.nextInt(8) == 0 ? Double.POSITIVE_INFINITY : 1e-6,
        2,
        true,
        times,
        List.of("So, \"so\"."),
        true,
        Optional.of(
            new Accuracy(1e-6, OptionalDouble.of(random.nextDouble()), OptionalDouble.of(0.8))));
  }

  /** Returns the same measurement with another answer to two questions. */
  static Measured with(Measured measured, boolean outputAgrees, boolean emulated) {
    return new Measured(
        measured.predictedMillis(),
        measured.lowerBoundMillis(),
        measured.bytesMoved(),
        measured.memoryBytes(),
        measured.programsSha256(),
        measured.samples(),
        measured.remoteDevice(),
        measured.maxAbsError(),
        measured.outputScale(),
        outputAgrees,
        measured.devices(),
        measured.warnings(),
        emulated,
        measured.accuracy());
  }

  /** Returns the same measurement as one of another plan. */
  static Measured withPlan(Measured measured, String programsSha256) {
    return new Measured(
        measured.predictedMillis(),
        measured.lowerBoundMillis(),
        measured.bytesMoved(),
        measured.memoryBytes(),
        programsSha256,
        measured.samples(),
        measured.remoteDevice(),
        measured.maxAbsError(),
        measured.outputScale(),
        measured.outputAgrees(),
        measured.devices(),
        measured.warnings(),
        measured.emulated(),
        measured.accuracy());
  }

  /** Returns the same measurement with other samples. */
  static Measured withSamples(Measured measured, Map<String, Samples> samples) {
    return new Measured(
        measured.predictedMillis(),
        measured.lowerBoundMillis(),
        measured.bytesMoved(),
        measured.memoryBytes(),
        measured.programsSha256(),
        samples,
        measured.remoteDevice(),
        measured.maxAbsError(),
        measured.outputScale(),
        measured.outputAgrees(),
        measured.devices(),
        measured.warnings(),
        measured.emulated(),
        measured.accuracy());
  }

  private static Samples samples(SplittableRandom random, double millis) {
    List<Double> latencies = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      latencies.add(millis * (0.95 + 0.1 * random.nextDouble()));
    }
    return new Samples(latencies, List.of(0.1, 0.1, 0.1, 0.1, 0.1), latencies);
  }
}
