package org.edgeld.workbench.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.ElementStore;
import org.edgeld.workbench.fixture.NaiveExecutor;
import org.edgeld.workbench.fixture.ProgramInterpreter;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.fusion.FusionRule;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every strategy with every fusion rule, routing, head role and cluster must satisfy. */
@Tag("core")
@Tag("long")
class PlannerContractTest {
  /** Of sums in another order, relative to the scale of the output. */
  private static final float ROUNDING = 1e-5f;

  private static final double[] UNEQUAL_RATES = {2e7, 5e6, 1e7, 3e7, 8e6};

  static Stream<ModelGraph> models() {
    return SmallModels.all().stream();
  }

  /** A strategy that ignores the fusion rule is asked under one. */
  static List<String> fusions(SplitStrategy strategy) {
    if (!strategy.usesFusion()) {
      return List.of("layer");
    }
    List<String> ids = new ArrayList<>(List.of("2", "3"));
    FusionRules.load().all().stream().map(FusionRule::id).forEach(ids::add);
    return ids;
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyPlanYieldsTheUndividedOutput(ModelGraph graph) throws Exception {
    NaiveExecutor executor = new NaiveExecutor(graph);
    ElementStore whole = executor.randomInput(1);
    executor.runWhole(whole);
    Set<ProgramSet> executed = new HashSet<>();
    int planned = 0;
    for (int devices = 1; devices <= 5; devices++) {
      double[] rates = Arrays.copyOf(UNEQUAL_RATES, devices);
      ClusterProfile profile = SyntheticCluster.of(graph, rates, 1e8, 100_000);
      for (SplitStrategy strategy : SplitStrategies.load().all()) {
        for (String fusion : fusions(strategy)) {
          for (Routing routing : Routing.values()) {
            for (HeadRole role : HeadRole.values()) {
              for (boolean poolsOnHead : new boolean[] {false, true}) {
                PlanRequest request =
                    new PlanRequest(
                        graph,
                        profile,
                        new DeviceId(planned % devices),
                        Method.of(strategy.id())
                            .withFusion(fusion)
                            .withPoolsOnHead(poolsOnHead)
                            .with(routing)
                            .with(role));
                if (strategy.id().equals("remote") && devices == 1) {
                  continue;
                }
                ProgramSet programs = planned(request);
                planned++;
                // different requests often come to the same programs; arithmetic is slow
                if (executed.add(programs)) {
                  assertOutputEquals(programs, executor, whole);
                }
              }
            }
          }
        }
      }
    }
    int choices = SplitStrategies.load().all().stream().mapToInt(s -> fusions(s).size()).sum() * 8;
    int remoteWithoutRemote = 8;
    assertThat(planned).isEqualTo(5 * choices - remoteWithoutRemote);
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyPlanWithItsStripsCutYieldsTheUndividedOutput(ModelGraph graph) throws Exception {
    NaiveExecutor executor = new NaiveExecutor(graph);
    ElementStore whole = executor.randomInput(1);
    executor.runWhole(whole);
    Set<ProgramSet> executed = new HashSet<>();
    int cut = 0;
    for (int devices : new int[] {2, 3, 5}) {
      double[] rates = Arrays.copyOf(UNEQUAL_RATES, devices);
      ClusterProfile profile = SyntheticCluster.of(graph, rates, 1e7, 100_000);
      for (SplitStrategy strategy : SplitStrategies.load().all()) {
        for (String fusion : fusions(strategy)) {
          for (Routing routing : Routing.values()) {
            PlanRequest request =
                new PlanRequest(
                    graph,
                    profile,
                    new DeviceId(executed.size() % devices),
                    Method.of(strategy.id())
                        .withFusion(fusion)
                        .with(routing)
                        .with(executed.size() % 2 == 0 ? HeadRole.WORKER : HeadRole.LEADER));
            PlannedRun run = DefaultPlanner.load().plan(request.with(Overlap.ON));
            cut += run.plan().blocksInParts();
            if (!strategy.usesOverlap()) {
              assertThat(run.plan().blocksInParts()).as(strategy.id()).isZero();
            }
            if (executed.add(run.programs())) {
              assertOutputEquals(run.programs(), executor, whole);
            }
          }
        }
      }
    }
    assertThat(cut).as("blocks computed in parts").isGreaterThan(20);
  }

  private static ProgramSet planned(PlanRequest request) throws InfeasiblePlanException {
    PlannedRun run = DefaultPlanner.load().plan(request);
    assertThat(run.prediction().latencyNanos()).isPositive();
    assertThat(run.memoryBytes()).hasSize(request.profile().size());
    return run.programs();
  }

  private static void assertOutputEquals(
      ProgramSet programs, NaiveExecutor executor, ElementStore expected) {
    ModelGraph graph = programs.graph();
    ElementStore actual = new ProgramInterpreter(programs, executor).run(executor.randomInput(1));
    boolean sums =
        programs.programs().stream()
            .flatMap(program -> program.steps().stream())
            .anyMatch(step -> step instanceof Step.Compute compute && compute.combines());
    for (TensorId output : graph.outputs()) {
      float[] values = expected.all(output);
      var assertion = assertThat(actual.all(output)).as("%s of %s", output, programs.programs());
      if (sums) {
        // partial sums are rounded before they are added up
        assertion.containsExactly(values, within(ROUNDING * scale(values)));
      } else {
        assertion.isEqualTo(values);
      }
    }
  }

  private static float scale(float[] values) {
    float scale = 1;
    for (float value : values) {
      scale = Math.max(scale, Math.abs(value));
    }
    return scale;
  }
}
