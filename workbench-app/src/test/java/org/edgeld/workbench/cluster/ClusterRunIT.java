package org.edgeld.workbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Sha256;
import org.edgeld.model.WeightRef;
import org.edgeld.model.WeightSource;
import org.edgeld.program.Step;
import org.edgeld.samples.ExampleImage;
import org.edgeld.samples.SampleModel;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.image.PictureReader;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DefaultProfiler;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.DefaultPlanMeter;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.PlanMeter;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.trace.Span;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Profiles, plans and runs on three emulated agents, each a process of its own. */
@Timeout(180)
class ClusterRunIT {
  private static final Emulation WEAK = new Emulation(0.5, 1_000_000_000L, 0, 0);
  private static final double TOLERANCE = 1e-4;
  private static final SampleModel FASHION = SampleModels.find("fashion").orElseThrow();

  @TempDir static Path folder;
  private static RealAgents cluster;
  private static List<KnownAgent> agents;
  private static ClusterProfile fashionProfile;

  @BeforeAll
  static void start() throws Exception {
    cluster = new RealAgents(Files.createDirectory(folder.resolve("home")));
    agents = List.of(cluster.start(WEAK), cluster.start(WEAK), cluster.start(WEAK));
    fashionProfile = cluster.profile(fashion().graph(), agents);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Model fashion() {
    return FASHION.create(FASHION.defaultInputSize());
  }

  private static Model small() {
    ModelGraph graph = SmallModels.oddChain();
    return new Model("small", graph, InputEncoding.IMAGENET, List.of(), WeightSource.NONE);
  }

  @Test
  void profileKnowsEveryLayerAndLinkOfTheEmulatedAgents() {
    assertThat(fashionProfile.size()).isEqualTo(3);
    fashionProfile
        .devices()
        .forEach(
            device -> {
              assertThat(device.info().emulation()).isEqualTo(WEAK);
              assertThat(device.layers()).hasSize(fashion().graph().layers().size());
              assertThat(device.wholeModelNanos()).isPositive();
              assertThat(device.regression().secondsPerFlop()).isPositive();
            });
    for (int u = 0; u < 3; u++) {
      for (int v = 0; v < 3; v++) {
        if (u != v) {
          // the emulated line is the limit, and no measurement beats it
          assertThat(fashionProfile.links().get(u).get(v).bitsPerSecond())
              .isBetween(1e6, 1.05 * WEAK.linkBitsPerSecond());
        }
      }
    }
  }

  @Test
  void everyStrategyAndRoutingYieldsTheUndividedOutputOfASmallModel() throws Exception {
    runAll(small(), cluster.profile(small().graph(), agents), "between-pools");
  }

  @Test
  void everyStrategyAndRoutingYieldsTheUndividedOutputOfFashion() throws Exception {
    runAll(fashion(), fashionProfile, "layer");
  }

  @Test
  void plansAreMeasuredInTurnsBesideEachOther() throws Exception {
    List<PlannedRun> plans = new ArrayList<>();
    for (String strategy : List.of("single", "remote", "equal")) {
      plans.add(cluster.plan(fashion().graph(), fashionProfile, strategy, "layer", Routing.PEER));
    }
    List<PlanMeter.Measured> measured =
        new DefaultPlanMeter(cluster.key())
            .measure(
                new PlanMeter.Request(
                    fashion(), plans, agents, SyntheticInput.noise(fashion(), 3), 1, 3, 5),
                JobMonitor.SILENT);
    assertThat(measured).hasSize(3);
    for (int i = 0; i < plans.size(); i++) {
      PlanMeter.Measured figures = measured.get(i);
      assertThat(figures.latency().samplesMillis()).hasSize(3).allMatch(ms -> ms > 0);
      assertThat(figures.traces()).hasSize(3);
      long steps =
          plans.get(i).programs().programs().stream()
              .flatMap(program -> program.steps().stream())
              .filter(step -> !(step instanceof Step.Release))
              .count();
      // copies are spans of their own beside the step they belong to
      assertThat(figures.traces())
          .allMatch(
              trace ->
                  trace.spans().stream().filter(span -> span.kind() != Span.Kind.ASSEMBLE).count()
                      == steps);
    }
  }

  @Test
  void thePlansOwnStepsAreTimedOnceOnEveryDevice() throws Exception {
    PlannedRun plan =
        cluster.plan(fashion().graph(), fashionProfile, "equal", "layer", Routing.PEER);
    DefaultProfiler profiler = new DefaultProfiler(cluster.key());
    ClusterProfile refined =
        profiler.refine(fashionProfile, List.of(plan.programs()), agents, JobMonitor.SILENT);
    for (int i = 0; i < agents.size(); i++) {
      long steps =
          plan.programs().programs().get(i).steps().stream()
              .filter(step -> step instanceof Step.Compute)
              .count();
      assertThat(refined.devices().get(i).tiles()).hasSize((int) steps);
      assertThat(refined.devices().get(i).tiles()).allMatch(tile -> tile.nanos() > 0);
    }
    assertThat(profiler.refine(refined, List.of(plan.programs()), agents, JobMonitor.SILENT))
        .isEqualTo(refined);
  }

  @Test
  void batchesOfDifferentFramesInFlightYieldTheUndividedOutputs() throws Exception {
    Batch batch = new Batch(9, 4);
    for (String strategy : List.of("pico", "equal")) {
      PlannedRun planned =
          cluster.plan(fashion().graph(), fashionProfile, strategy, "layer", Routing.PEER);
      RunResult result =
          cluster
              .run(
                  new RunRequest(
                      fashion(),
                      planned,
                      agents,
                      SyntheticInput.noise(fashion(), 3),
                      1,
                      3,
                      11,
                      batch))
              .result();
      check3(result);
      assertThat(result.warnings()).noneMatch(warning -> warning.contains("mixed-up"));
      assertThat(result.frames()).as(strategy).hasSize(3 * 3 * 9);
      assertThat(result.latency().samplesMillis()).hasSize(3);
      List<Estimate> times =
          List.of(
              result.batches().plan(),
              result.batches().local().orElseThrow(),
              result.batches().remote().orElseThrow());
      assertThat(times).allMatch(time -> time.samplesMillis().size() == 3);
      double latencies = 0;
      double batches = 0;
      for (RunResult.FrameSample frame : result.frames()) {
        assertThat(frame.latencyMillis()).isPositive().isLessThanOrEqualTo(frame.batchMillis());
        latencies += frame.latencyMillis();
        batches += frame.batchMillis() / batch.frames();
      }
      assertThat(latencies).as("frames overlap").isGreaterThan(batches);
    }
  }

  private static void runAll(Model model, ClusterProfile profile, String fusion) throws Exception {
    Map<String, Map<Routing, Long>> moved = new TreeMap<>();
    for (SplitStrategy strategy : SplitStrategies.load().all()) {
      for (Routing routing : Routing.values()) {
        PlannedRun planned = cluster.plan(model.graph(), profile, strategy.id(), fusion, routing);
        RunResult result = cluster.run(RealAgents.request(model, planned, agents, 3)).result();
        check(result, strategy.id() + ", " + routing);
        moved
            .computeIfAbsent(strategy.id(), id -> new TreeMap<>())
            .put(routing, result.bytesMoved());
      }
    }
    assertThat(moved.get("equal").get(Routing.PEER))
        .isLessThan(moved.get("equal").get(Routing.HEAD));
    assertThat(moved.get("single"))
        .containsOnly(Map.entry(Routing.PEER, 0L), Map.entry(Routing.HEAD, 0L));
    assertThat(moved.get("remote").get(Routing.HEAD)).isPositive();
  }

  private static void check(RunResult result, String what) {
    assertThat(result.maxAbsError())
        .as("%s: error", what)
        .isLessThanOrEqualTo(TOLERANCE * result.outputScale());
    assertThat(result.outputScale()).as("%s: scale", what).isPositive();
    assertThat(result.baselineLocal().orElseThrow().samplesMillis()).as(what).hasSize(3);
    assertThat(result.baselineRemote().orElseThrow().samplesMillis()).as(what).hasSize(3);
    assertThat(result.remoteDevice()).as(what).isBetween(1, 2);
    assertThat(result.latency().samplesMillis()).as(what).hasSize(3).allMatch(ms -> ms > 0);
    assertThat(result.frames()).as(what).hasSize(9);
    assertThat(result.emulated()).as(what).isTrue();
    assertThat(result.devices()).as(what).extracting(AgentInfo::name).doesNotHaveDuplicates();
    List<Span> spans = result.medianTrace().spans();
    assertThat(spans).as(what).isNotEmpty();
    for (Span span : spans) {
      assertThat(span.startNanos()).as("%s: %s", what, span).isNotNegative();
      assertThat(span.endNanos())
          .as("%s: %s", what, span)
          .isLessThanOrEqualTo(result.medianTrace().latencyNanos());
    }
    // the output is there only after its last layer is done, and something took time
    assertThat(spans)
        .as(what)
        .anyMatch(span -> span.kind() == Span.Kind.COMPUTE && span.durationNanos() > 0);
  }

  @Test
  void storedWeightsTravelOnceAndStayOnDiskByTheirDigest() throws Exception {
    Model model = fashion();
    PlannedRun planned =
        cluster.plan(model.graph(), fashionProfile, "equal", "between-pools", Routing.PEER);
    cluster.run(RealAgents.request(model, planned, agents, 1));
    List<Sha256> expected =
        model.graph().layers().stream()
            .flatMap(layer -> layer.weights().stream())
            .map(ref -> ((WeightRef.Stored) ref).sha256())
            .distinct()
            .toList();
    try (Stream<Path> files = Files.list(cluster.cacheDir())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              expected.stream().map(Sha256::hex).collect(Collectors.toSet()));
    }
    WeightSource refusing =
        ref -> {
          throw new IOException("Nobody shall ask for " + ref.sha256() + " again.");
        };
    Model again = new Model(model.id(), model.graph(), model.encoding(), model.labels(), refusing);
    RunResult result = cluster.run(RealAgents.request(again, planned, agents, 1)).result();
    assertThat(result.warnings()).noneMatch(warning -> warning.contains("left out"));
    check3(result);
  }

  private static void check3(RunResult result) {
    assertThat(result.maxAbsError()).isLessThanOrEqualTo(TOLERANCE * result.outputScale());
    assertThat(result.baselineLocal()).isPresent();
    assertThat(result.baselineRemote()).isPresent();
  }

  @Test
  void exampleImagesAreClassifiedRightOverOneAndThreeDevices() throws Exception {
    Model model = fashion();
    PlannedRun alone =
        cluster.plan(
            model.graph(),
            RealAgents.part(fashionProfile, List.of(1)),
            "single",
            "layer",
            Routing.PEER);
    PlannedRun divided =
        cluster.plan(model.graph(), fashionProfile, "equal", "between-pools", Routing.PEER);
    assertThat(FASHION.examples()).hasSize(10);
    for (ExampleImage example : FASHION.examples()) {
      Path file = folder.resolve("example.png");
      try (InputStream stream = example.location().openStream()) {
        Files.copy(stream, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
      assertThat(top(model, alone, agents.subList(1, 2), file)).isEqualTo(example.label());
      assertThat(top(model, divided, agents, file)).isEqualTo(example.label());
    }
  }

  private static String top(Model model, PlannedRun planned, List<KnownAgent> on, Path picture)
      throws Exception {
    RunRequest request =
        new RunRequest(model, planned, on, PictureReader.read(picture, model), 0, 1, 1);
    return cluster.run(request).result().top5().get(0).label();
  }
}
