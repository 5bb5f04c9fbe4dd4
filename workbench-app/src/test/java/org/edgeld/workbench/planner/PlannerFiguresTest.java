package org.edgeld.workbench.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.compare.BoardKind;
import org.edgeld.workbench.compare.ClusterGrid;
import org.edgeld.workbench.compare.Contender;
import org.edgeld.workbench.compare.GridCell;
import org.edgeld.workbench.compare.Outcome;
import org.edgeld.workbench.explain.StageTimes;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.split.SplitStrategies;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Predictions for VGG16 at 224×224 on equal devices against the alpha–beta model of the product's
 * documentation ({@code algorithms}, what to expect).
 */
@Tag("core")
class PlannerFiguresTest {
  private static final ModelGraph VGG16 = SmallModels.vgg16(224);
  private static final double ENDLESS = 1e18;

  private static PlanRequest request(
      int devices, double gigaflops, double megabits, String strategy, String fusion) {
    return new PlanRequest(
        VGG16,
        SyntheticCluster.equal(VGG16, devices, gigaflops * 1e9, megabits * 1e6),
        new DeviceId(0),
        Method.of(strategy).withFusion(fusion));
  }

  private static PlanRequest edgeLd(
      int devices, double gigaflops, double megabits, HeadRole role, String strategy) {
    PlanRequest request = request(devices, gigaflops, megabits, strategy, "between-pools");
    return new PlanRequest(
        VGG16,
        request.profile(),
        request.head(),
        Method.of(strategy)
            .withFusion(request.method().fusion())
            .withPoolsOnHead(true)
            .with(Routing.HEAD)
            .with(role));
  }

  private static PlannedRun plan(PlanRequest request) throws InfeasiblePlanException {
    return DefaultPlanner.load().plan(request);
  }

  private static double seconds(PlanRequest request) throws InfeasiblePlanException {
    return plan(request).prediction().latencyNanos() * 1e-9;
  }

  @Test
  void edgeLdWithFourFollowersMovesThirtyThreeMegabytes() throws Exception {
    PlanRequest asked = request(5, 8, 1000, "single", "layer");
    PlanRequest request = asked.with(Scheme.EDGELD.apply(asked.method()));
    assertThat(plan(request).programs().bytesMoved() / 1e6).isCloseTo(33, within(0.5));
  }

  @Test
  void peerToPeerMovesSeveralTimesFewerBytesThanThroughTheHead() throws Exception {
    for (String fusion : new String[] {"layer", "between-pools", "2"}) {
      PlanRequest peer = request(4, 8, 1000, "equal", fusion);
      PlanRequest head =
          new PlanRequest(
              VGG16,
              peer.profile(),
              peer.head(),
              Method.of("equal")
                  .withFusion(fusion)
                  .with(Routing.HEAD)
                  .with(peer.method().headRole()));
      assertThat(plan(head).programs().bytesMoved())
          .as(fusion)
          .isGreaterThan(4 * plan(peer).programs().bytesMoved());
    }
  }

  /**
   * The documentation's figures take every strip, the head's own included, over one interface
   * without overlap: compute time of N devices plus the bytes of a leader with N followers.
   */
  @ParameterizedTest
  @CsvSource({
    "4, 1.3, 1000, 3.29",
    "8, 1.3, 1000, 5.24",
    "4, 1.3, 100, 2.48",
    "8, 1.3, 100, 3.35",
    "4, 8, 1000, 2.75",
    "8, 8, 1000, 3.93",
    "4, 8, 100, 1.02",
    "8, 8, 100, 1.09"
  })
  void edgeLdSchemeComesOutAsTheAlphaBetaModelSays(
      int devices, double gigaflops, double megabits, double speedup) throws Exception {
    double local = seconds(request(devices, gigaflops, megabits, "single", "layer"));
    double compute = seconds(edgeLd(devices, gigaflops, ENDLESS, HeadRole.WORKER, "equal"));
    long bytes =
        plan(edgeLd(devices + 1, gigaflops, megabits, HeadRole.LEADER, "equal"))
            .programs()
            .bytesMoved();
    double serial = compute + bytes * 8 / (megabits * 1e6);
    assertThat(local / serial).isCloseTo(speedup, within(0.06 * speedup));
    // the head's own strips do not travel and transfers overlap, so the programs do better
    assertThat(local / seconds(edgeLd(devices, gigaflops, megabits, HeadRole.WORKER, "equal")))
        .isGreaterThan(0.97 * speedup)
        .isLessThan(1.4 * speedup);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1.3, 1000, 3.85",
    "8, 1.3, 1000, 7.15",
    "4, 1.3, 100, 3.77",
    "8, 1.3, 100, 6.87",
    "4, 8, 1000, 3.78",
    "8, 8, 1000, 6.92",
    "4, 8, 100, 3.39",
    "8, 8, 100, 5.59"
  })
  void ocbpLayerByLayerPeerToPeerReachesTheExpectedSpeedup(
      int devices, double gigaflops, double megabits, double speedup) throws Exception {
    double local = seconds(request(devices, gigaflops, megabits, "single", "layer"));
    double split = seconds(request(devices, gigaflops, megabits, "ocbp", "layer"));
    assertThat(local / split).isCloseTo(speedup, within(0.05 * speedup));
  }

  /**
   * What {@code simulate --model vgg16 --gflops 1.3,8 --link-mbps 1000,100 --devices 4,5,8,9
   * --strategy edgeld,aofl/head,joint --overlap off} prints. EdgeLD's N counts followers, so its
   * leader is one device more. The documentation adds up computing and all bytes; the simulator
   * lets them overlap, on links that carry both ways at once.
   */
  @ParameterizedTest
  @CsvSource({
    "4, 1.3, 1000, 3.29, 3.70, 3.85",
    "8, 1.3, 1000, 5.24, 6.54, 7.15",
    "4, 1.3, 100, 2.48, 3.18, 3.77",
    "8, 1.3, 100, 3.35, 4.80, 6.87",
    "4, 8, 1000, 2.75, 3.32, 3.78",
    "8, 8, 1000, 3.93, 5.22, 6.92",
    "4, 8, 100, 1.02, 2.46, 3.39",
    "8, 8, 100, 1.09, 2.96, 5.59"
  })
  void simulatedGridAgreesWithTheTableOfExpectations(
      int devices, double gigaflops, double megabits, double edgeLd, double fusion, double joint)
      throws Exception {
    GridCell leader = cell("edgeld", devices + 1, gigaflops, megabits);
    Outcome.Planned scheme = (Outcome.Planned) leader.outcomes().get(0);
    double simulated = leader.speedup(scheme).orElseThrow();
    assertThat(simulated).isBetween(0.98 * edgeLd, 1.08 * edgeLd);
    assertThat(leader.localNanos().orElseThrow() / withoutOverlap(scheme.run(), megabits))
        .isCloseTo(edgeLd, within(0.06 * edgeLd));

    GridCell fused = cell("aofl/head", devices, gigaflops, megabits);
    assertThat(fused.speedup(fused.outcomes().get(0)).orElseThrow())
        .isBetween(0.99 * fusion, 1.07 * fusion);

    GridCell equal = cell("joint", devices, gigaflops, megabits);
    double reached = equal.speedup(equal.outcomes().get(0)).orElseThrow();
    // the table knows strips only; where links are slow, tiles arrive while others are computed
    assertThat(reached).isBetween(joint, 1.17 * joint);
    // bounds are numerical optima; N equal devices cannot be more than N times as fast as one
    assertThat(equal.largestSpeedup().orElseThrow())
        .isBetween(Math.max(reached, devices * 0.995), devices * 1.005);
  }

  private static GridCell cell(String contender, int devices, double gigaflops, double megabits)
      throws Exception {
    return new ClusterGrid(
            VGG16,
            List.of(new BoardKind("boards", List.of(Board.of("board", gigaflops * 1e9)))),
            List.of(devices),
            List.of(megabits * 1e6),
            0,
            Method.of(ClusterGrid.UNDIVIDED),
            List.of(Contender.parse(contender, SplitStrategies.load(), FusionRules.load())))
        .simulate(DefaultPlanner.load(), JobMonitor.SILENT)
        .get(0);
  }

  /** The slowest device of every block, one after the other, and all bytes over one interface. */
  private static double withoutOverlap(PlannedRun run, double megabits) {
    StageTimes times = StageTimes.of(run, run.prediction());
    double compute = 0;
    for (int stage = 0; stage < times.stages(); stage++) {
      compute += times.slowestNanos(stage);
    }
    return compute + run.programs().bytesMoved() * 8e3 / megabits;
  }

  /**
   * What {@code simulate --model vgg16 --gflops 60 --link-mbps 20 --devices 4,5,8,9 --strategy
   * edgeld,aofl/head,ocbp/layer/peer,joint --overlap off} prints. The documentation expects that
   * nobody distributes, for it takes every layer's work and bytes; the joint plan fuses so many
   * early layers that little travels, and gains a fifth.
   */
  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void onlyTheJointPlanDividesAnythingBetweenFastDevicesOnSlowLinks(int devices) throws Exception {
    GridCell leader = cell("edgeld", devices + 1, 60, 20);
    assertThat(leader.speedup(leader.outcomes().get(0)).orElseThrow()).isLessThan(0.1);
    for (String stays : new String[] {"aofl/head", "ocbp/layer/peer"}) {
      GridCell cell = cell(stays, devices, 60, 20);
      Outcome.Planned planned = (Outcome.Planned) cell.outcomes().get(0);
      assertThat(cell.speedup(planned).orElseThrow()).as(stays).isCloseTo(1, within(0.005));
      assertThat(planned.run().bytesMoved()).as(stays).isZero();
    }
    GridCell joint = cell("joint", devices, 60, 20);
    assertThat(joint.speedup(joint.outcomes().get(0)).orElseThrow()).isBetween(1.0, 1.3);
  }

  @Test
  void theFusionDpMovesAsManyBytesAsExpectedAndTheJointPlanFewer() throws Exception {
    assertThat(megabytes("aofl/head", 1.3, 1000)).isCloseTo(28, within(0.5));
    assertThat(megabytes("joint", 8, 100)).isLessThan(3.4);
  }

  private static double megabytes(String contender, double gigaflops, double megabits)
      throws Exception {
    GridCell cell = cell(contender, 4, gigaflops, megabits);
    return ((Outcome.Planned) cell.outcomes().get(0)).run().bytesMoved() / 1e6;
  }
}
