package org.edgeld.workbench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.split.SplitStrategies;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class ClusterGridTest {
  private static final ModelGraph VGG16 = SmallModels.vgg16(224);

  private final Planner planner = DefaultPlanner.load();

  private static Contender contender(String text) {
    try {
      return Contender.parse(text, SplitStrategies.load(), FusionRules.load());
    } catch (InfeasiblePlanException e) {
      throw new AssertionError(e);
    }
  }

  private static ClusterGrid grid(
      List<BoardKind> kinds, List<Integer> devices, List<Double> rates, String... contenders) {
    return new ClusterGrid(
        VGG16,
        kinds,
        devices,
        rates,
        500_000,
        Method.of(ClusterGrid.UNDIVIDED).withFusion("layer").with(Overlap.AUTO),
        List.of(contenders).stream().map(ClusterGridTest::contender).toList());
  }

  private static BoardKind equal(double gigaflops) {
    return new BoardKind(gigaflops + " GFLOP/s", List.of(Board.of("board", gigaflops * 1e9)));
  }

  @Test
  void everyClusterIsThereWithEveryContender() throws Exception {
    ClusterGrid grid =
        grid(List.of(equal(1), equal(8)), List.of(2, 4), List.of(1e8, 1e9), "equal", "ocbp/2/head");
    List<GridCell> cells = grid.simulate(planner, JobMonitor.SILENT);

    assertThat(cells).hasSize(grid.size()).hasSize(8);
    assertThat(cells.subList(0, 4))
        .extracting(GridCell::linkBitsPerSecond, GridCell::devices)
        .containsExactly(tuple(1e8, 2), tuple(1e8, 4), tuple(1e9, 2), tuple(1e9, 4));
    for (GridCell cell : cells) {
      PlanRequest first = cell.outcomes().get(0).request();
      PlanRequest second = cell.outcomes().get(1).request();
      assertThat(
              List.of(first.method().strategy(), first.method().fusion(), first.method().routing()))
          .isEqualTo(List.of("equal", "layer", Routing.PEER));
      assertThat(
              List.of(
                  second.method().strategy(), second.method().fusion(), second.method().routing()))
          .isEqualTo(List.of("ocbp", "2", Routing.HEAD));
      assertThat(first.profile().size()).isEqualTo(cell.devices());
      assertThat(first.profile().links().get(0).get(1).roundTripNanos()).isEqualTo(1_000_000);
    }
  }

  @Test
  void speedupsStayBelowTheLargest() throws Exception {
    for (GridCell cell :
        grid(List.of(equal(8)), List.of(1, 3), List.of(1e8), "single", "ocbp")
            .simulate(planner, JobMonitor.SILENT)) {
      assertThat(cell.speedup(cell.outcomes().get(0)).orElseThrow()).isCloseTo(1, within(1e-9));
      double best = cell.speedup(cell.outcomes().get(1)).orElseThrow();
      assertThat(best).isBetween(1.0, cell.largestSpeedup().orElseThrow());
      assertThat(cell.leastGap().orElseThrow())
          .isCloseTo(cell.largestSpeedup().orElseThrow() / best - 1, within(1e-6));
    }
  }

  @Test
  void sixtyFourBoardsAreSimulatedAndTheSmallestSaysWhyNot() throws Exception {
    GridCell cell =
        grid(List.of(equal(8)), List.of(64), List.of(1e9), "remote", "equal")
            .simulate(planner, JobMonitor.SILENT)
            .get(0);

    assertThat(cell.speedup(cell.outcomes().get(0)).orElseThrow()).isBetween(0.9, 1.0);
    Outcome.Infeasible none = (Outcome.Infeasible) cell.outcomes().get(1);
    assertThat(none.reason()).contains("for 64 devices").contains("Maybe");
    assertThat(cell.speedup(none)).isEmpty();
    assertThat(cell.largestSpeedup().orElseThrow()).isGreaterThan(32);
  }

  @Test
  void aHeadWithTooLittleMemoryHasNoSpeedupButItsPlansHavePredictions() throws Exception {
    BoardKind small =
        new BoardKind(
            "mixed",
            List.of(
                new Board("small", 8e9, 4e9, 100_000_000L, 0),
                new Board("large", 8e9, 4e9, 4_000_000_000L, 0)));
    GridCell cell =
        grid(List.of(small), List.of(2), List.of(1e9), "single", "remote")
            .simulate(planner, JobMonitor.SILENT)
            .get(0);

    assertThat(cell.localNanos()).isEmpty();
    assertThat(cell.outcomes().get(0)).isInstanceOf(Outcome.Infeasible.class);
    assertThat(cell.outcomes().get(1)).isInstanceOf(Outcome.Planned.class);
    assertThat(cell.largestSpeedup()).isEmpty();
    assertThat(cell.leastGap()).isPresent();
  }

  @Test
  void itSaysHowFarItIsAndStopsWhenCancelled() {
    List<Double> fractions = new ArrayList<>();
    JobMonitor monitor =
        new JobMonitor() {
          @Override
          public void progress(String what, double fraction) {
            fractions.add(fraction);
          }

          @Override
          public boolean cancelled() {
            return fractions.size() == 3;
          }
        };
    ClusterGrid grid = grid(List.of(equal(8)), List.of(1, 2), List.of(1e9), "single", "equal");

    assertThatThrownBy(() -> grid.simulate(planner, monitor))
        .isInstanceOf(JobCancelledException.class);
    assertThat(fractions).containsExactly(0.0, 0.25, 0.5);
  }

  @Test
  void aSchemeIsAContenderToo() {
    PlanRequest request = contender("edgeld").of(contender("equal").of(anyRequest()));

    assertThat(request).isEqualTo(anyRequest().with(Scheme.EDGELD.apply(anyRequest().method())));
  }

  private static PlanRequest anyRequest() {
    return new PlanRequest(
        VGG16,
        SyntheticCluster.equal(VGG16, 2, 1e9, 1e9),
        new DeviceId(1),
        Method.of("single").withFusion("layer"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          obcp          | "obcp" is not a strategy or scheme. Maybe "ocbp"
          edgedl        | Maybe "edgeld"
          ocbp/pear     | "pear" is not a fusion rule
          ocbp/0        | The fusion depth (0)
          edgeld/layer  | "edgeld/layer"
          """)
  void whatIsNoContenderIsRefused(String text, String words) {
    assertThatThrownBy(() -> Contender.parse(text, SplitStrategies.load(), FusionRules.load()))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessageContaining(words)
        .hasMessageContaining("Maybe");
  }
}
