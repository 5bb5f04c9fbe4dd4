package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.agent.weights.ModelWeights;
import org.edgeld.agent.weights.WeightCache;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.fusion.FusionRule;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every strategy × fusion × routing × head role × 1–5 devices, on the real runtime and engine,
 * yields the undivided network's output. Programs that two requests share run once.
 */
class DistributedOutputTest {
  private static final double[] UNEQUAL_RATES = {2e7, 5e6, 1e7, 3e7, 8e6, 2e7, 1e7, 9e6};

  /** Rounding of sums in another order, relative to the output's scale. */
  private static final double TOLERANCE = 1e-5;

  private static TileEngine engine;
  @TempDir static Path folder;
  private static ModelWeights weights;

  @BeforeAll
  static void startEngine() throws Exception {
    engine = new DjlTileEngine(1);
    weights = new ModelWeights(new WeightCache(folder));
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  static Stream<ModelGraph> models() {
    return SmallModels.all().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyPlanYieldsTheUndividedOutput(ModelGraph graph) throws Exception {
    Map<TensorId, float[]> whole = run(programs(graph, 1, "single", "layer", Routing.PEER));
    Set<ProgramSet> tried = new HashSet<>();
    for (int devices = 1; devices <= 5; devices++) {
      for (SplitStrategy strategy : SplitStrategies.load().all()) {
        if (strategy.id().equals("remote") && devices == 1) {
          continue;
        }
        for (String fusion : fusions()) {
          for (Routing routing : Routing.values()) {
            ProgramSet programs = programs(graph, devices, strategy.id(), fusion, routing);
            if (tried.add(programs)) {
              assertClose(
                  run(programs),
                  whole,
                  "%s, %s, %s, %d devices".formatted(strategy.id(), fusion, routing, devices));
            }
          }
        }
      }
    }
    assertThat(tried).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyPlanWithItsStripsCutYieldsTheUndividedOutput(ModelGraph graph) throws Exception {
    Map<TensorId, float[]> whole = run(programs(graph, 1, "single", "layer", Routing.PEER));
    Set<ProgramSet> tried = new HashSet<>();
    int cut = 0;
    for (int devices = 2; devices <= 4; devices++) {
      for (SplitStrategy strategy : SplitStrategies.load().all()) {
        for (String fusion : List.of("layer", "2")) {
          for (Routing routing : Routing.values()) {
            PlannedRun run =
                DefaultPlanner.load()
                    .plan(
                        request(graph, devices, strategy.id(), fusion, routing, Map.of())
                            .with(Overlap.ON));
            if (tried.add(run.programs())) {
              cut += run.plan().blocksInParts();
              assertClose(
                  run(run.programs()),
                  whole,
                  "%s, %s, %s, %d devices".formatted(strategy.id(), fusion, routing, devices));
            }
          }
        }
      }
    }
    assertThat(cut).as("blocks computed in parts").isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"PEER,recompute", "PEER,reuse", "HEAD,recompute", "HEAD,reuse"})
  void tilesThatOutnumberTheDevicesYieldTheUndividedOutput(Routing routing, String overlap)
      throws Exception {
    ModelGraph graph = SmallModels.residual();
    Map<TensorId, float[]> whole = run(programs(graph, 1, "single", "layer", Routing.PEER));
    Map<String, String> options = Map.of("grid", "3x3", "overlap", overlap);
    ProgramSet programs = programs(graph, 2, "ftp", "between-pools", routing, options);
    long tiles =
        programs.programs().stream()
            .flatMap(program -> program.steps().stream())
            .filter(step -> step instanceof Step.Compute)
            .count();
    assertThat(tiles).isGreaterThanOrEqualTo(9);
    assertClose(run(programs), whole, routing + ", " + overlap);
  }

  /** Pairs wherever there can be some, not only where they pay. */
  @ParameterizedTest
  @MethodSource("models")
  void pairsOfLayersYieldTheUndividedOutput(ModelGraph graph) throws Exception {
    Map<TensorId, float[]> whole = run(programs(graph, 1, "single", "layer", Routing.PEER));
    Map<String, String> options = Map.of("pairs", "on");
    for (int devices : new int[] {1, 2, 3, 5, 8}) {
      for (Routing routing : Routing.values()) {
        ProgramSet programs = programs(graph, devices, "channels", "layer", routing, options);
        assertClose(run(programs), whole, "%s, %d devices".formatted(routing, devices));
      }
    }
  }

  private static List<String> fusions() {
    List<String> ids = new ArrayList<>(List.of("2", "3"));
    FusionRules.load().all().stream().map(FusionRule::id).forEach(ids::add);
    return ids;
  }

  private static ProgramSet programs(
      ModelGraph graph, int devices, String strategy, String fusion, Routing routing)
      throws Exception {
    return programs(graph, devices, strategy, fusion, routing, Map.of());
  }

  private static ProgramSet programs(
      ModelGraph graph,
      int devices,
      String strategy,
      String fusion,
      Routing routing,
      Map<String, String> options)
      throws Exception {
    return DefaultPlanner.load()
        .plan(request(graph, devices, strategy, fusion, routing, options))
        .programs();
  }

  private static PlanRequest request(
      ModelGraph graph,
      int devices,
      String strategy,
      String fusion,
      Routing routing,
      Map<String, String> options) {
    ClusterProfile profile =
        SyntheticCluster.of(graph, Arrays.copyOf(UNEQUAL_RATES, devices), 1e8, 100_000);
    HeadRole role = routing == Routing.HEAD && devices % 2 == 0 ? HeadRole.LEADER : HeadRole.WORKER;
    return new PlanRequest(
        graph,
        profile,
        new DeviceId(devices / 2),
        Method.of(strategy)
            .with(options)
            .withFusion(fusion)
            .withPoolsOnHead(role == HeadRole.LEADER)
            .with(routing)
            .with(role));
  }

  /** Two frames, so that buffers are reused; the second counts. */
  private static Map<TensorId, float[]> run(ProgramSet programs) throws Exception {
    try (InProcessCluster cluster = new InProcessCluster(programs, engine, weights)) {
      cluster.run(7);
      return cluster.run(42);
    }
  }

  private static void assertClose(
      Map<TensorId, float[]> actual, Map<TensorId, float[]> expected, String what) {
    assertThat(actual.keySet()).as(what).isEqualTo(expected.keySet());
    expected.forEach(
        (tensor, values) -> {
          double scale = 0;
          double worst = 0;
          for (int i = 0; i < values.length; i++) {
            scale = Math.max(scale, Math.abs(values[i]));
            worst = Math.max(worst, Math.abs(values[i] - actual.get(tensor)[i]));
          }
          assertThat(worst).as("%s, error of %s", what, tensor).isLessThan(TOLERANCE * scale);
        });
  }
}
