package org.edgeld.workbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.edgeld.message.Emulation;
import org.edgeld.model.Model;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.samples.SampleModel;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.run.Accuracy;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.trace.DeviceTotals;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Slices in every precision between three emulated agents, each a process of its own. */
@Timeout(180)
class PrecisionIT {
  private static final Emulation WEAK = new Emulation(0.5, 1_000_000_000L, 0, 0);
  private static final Batch BATCH = new Batch(6, 2);
  private static final int REPEATS = 3;

  @TempDir static Path folder;
  private static RealAgents cluster;
  private static List<KnownAgent> agents;
  private static ClusterProfile profile;

  @BeforeAll
  static void start() throws Exception {
    cluster = new RealAgents(Files.createDirectory(folder.resolve("home")));
    agents = List.of(cluster.start(WEAK), cluster.start(WEAK), cluster.start(WEAK));
    profile = cluster.profile(fashion().graph(), agents);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Model fashion() {
    SampleModel sample = SampleModels.find("fashion").orElseThrow();
    return sample.create(sample.defaultInputSize());
  }

  private static PlannedRun plan(Precision precision) throws Exception {
    PlannedRun planned = cluster.plan(fashion().graph(), profile, "equal", "layer", Routing.PEER);
    return DefaultPlanner.load()
        .predict(planned.request().with(precision), planned.plan(), JobMonitor.SILENT);
  }

  private static RunResult run(Precision precision) throws Exception {
    return cluster
        .run(
            new RunRequest(
                fashion(),
                plan(precision),
                agents,
                SyntheticInput.noise(fashion(), 3),
                1,
                REPEATS,
                11,
                BATCH))
        .result();
  }

  @Test
  void everyPrecisionMovesItsBytesAndTellsWhatItCosts() throws Exception {
    Map<Precision, RunResult> results = new EnumMap<>(Precision.class);
    for (Precision precision : Precision.values()) {
      RunResult result = run(precision);
      results.put(precision, result);
      assertThat(result.precision()).isEqualTo(precision);
      assertThat(result.outputAgrees()).as(precision.id()).isTrue();
      assertThat(result.warnings()).noneMatch(warning -> warning.contains("differs"));
      Accuracy accuracy = result.accuracy();
      assertThat(accuracy.precision()).isEqualTo(precision);
      assertThat(accuracy.sameTop1Share()).as("fashion is a classifier").isPresent();
      assertThat(result.frames())
          .hasSize(3 * REPEATS * BATCH.frames())
          .allMatch(frame -> frame.classes().isPresent());
      boolean serialises = precision != Precision.FLOAT32;
      for (int device = 0; device < 3; device++) {
        long nanos = DeviceTotals.of(result.medianTrace(), new DeviceId(device)).serialiseNanos();
        assertThat(nanos > 0).as("%s, device %d", precision.id(), device).isEqualTo(serialises);
      }
    }
    RunResult plain = results.get(Precision.FLOAT32);
    RunResult halves = results.get(Precision.FLOAT16);
    RunResult bytes = results.get(Precision.INT8);
    assertThat(plain.bytesMoved()).isEqualTo(plain.planned().programs().bytesMoved());
    assertThat(halves.bytesMoved()).isEqualTo(plain.bytesMoved() / 2);
    assertThat(bytes.bytesMoved()).isEqualTo(bytes.planned().bytesMoved());
    assertThat(4 * bytes.bytesMoved())
        .isBetween(plain.bytesMoved() + 1, plain.bytesMoved() * 11 / 10);
    assertThat(plain.accuracy().sameTop1Share()).hasValue(1);
    RunResult lossless = results.get(Precision.LOSSLESS);
    assertThat(lossless.bytesMoved()).isPositive().isLessThan(plain.bytesMoved());
    assertThat(errors(lossless)).as("the same to the bit").isEqualTo(errors(plain));
    assertThat(halves.accuracy().maxRelativeError()).as("float16 rounds").isBetween(1e-6, 1e-2);
    assertThat(bytes.accuracy().maxRelativeError())
        .as("int8 rounds more")
        .isBetween(halves.accuracy().maxRelativeError(), 0.5);
  }

  /** Of the plan's frames, in their order: the inputs are the same in every run. */
  private static List<Double> errors(RunResult result) {
    return result.frames().stream()
        .filter(frame -> frame.configuration().equals("plan"))
        .map(RunResult.FrameSample::maxAbsError)
        .toList();
  }

  @Test
  void predictionsCountTheBytesThatTravel() throws Exception {
    long plain = plan(Precision.FLOAT32).prediction().latencyNanos();
    long halves = plan(Precision.FLOAT16).prediction().latencyNanos();
    long bytes = plan(Precision.INT8).prediction().latencyNanos();
    assertThat(bytes).isLessThan(halves);
    assertThat(halves).isLessThan(plain);
    assertThat(plan(Precision.LOSSLESS).prediction().latencyNanos())
        .as("how much compressing saves is not known")
        .isEqualTo(plain);
  }
}
