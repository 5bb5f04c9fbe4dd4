package org.edgeld.workbench.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        HeadRole.WORKER,
        strategy,
        fusion,
        false,
        Routing.PEER);
  }

  private static PlanRequest edgeLd(
      int devices, double gigaflops, double megabits, HeadRole role, String strategy) {
    PlanRequest request = request(devices, gigaflops, megabits, strategy, "between-pools");
    return new PlanRequest(
        VGG16,
        request.profile(),
        request.head(),
        role,
        strategy,
        request.fusion(),
        true,
        Routing.HEAD);
  }

  private static PlannedRun plan(PlanRequest request) throws InfeasiblePlanException {
    return DefaultPlanner.load().plan(request);
  }

  private static double seconds(PlanRequest request) throws InfeasiblePlanException {
    return plan(request).prediction().latencyNanos() * 1e-9;
  }

  @Test
  void edgeLdWithFourFollowersMovesThirtyThreeMegabytes() throws Exception {
    PlanRequest request = Scheme.EDGELD.apply(request(5, 8, 1000, "single", "layer"));
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
              peer.headRole(),
              "equal",
              fusion,
              false,
              Routing.HEAD);
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

  @Test
  void fastDevicesOnSlowLinksDoNotDistribute() throws Exception {
    double local = seconds(request(4, 60, 20, "single", "layer"));
    assertThat(seconds(request(4, 60, 20, "ocbp", "layer"))).isLessThanOrEqualTo(local);
    assertThat(seconds(edgeLd(4, 60, 20, HeadRole.LEADER, "ocbp-paper"))).isGreaterThan(local);
  }
}
