package org.edgeld.workbench.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.InterfaceEstimate;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds and plans where interfaces carry other rates than links. */
@Tag("core")
@Tag("long")
class UnequalInterfacesTest {
  private static final int SEEDS = 80;
  private static final int FASTER_SEEDS = 30;
  private static final double ROUNDING = 1e-6;

  private final DefaultPlanner planner = DefaultPlanner.load();

  private static PlanRequest request(int seed) {
    PlanRequest request =
        RandomClusters.withInterfaces(
            RandomClusters.unequal(SmallModels.all(), seed, 1e-3, 1), seed);
    return seed % 4 == 0 ? request.with(Overlap.AUTO) : request;
  }

  @Test
  void noPlanIsBelowTheBoundNorFasterThanTheJointOne() {
    int compared = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Optional<PlannedRun> joint = plan(request(seed));
      assertThat(joint).isPresent();
      double bound = joint.get().lowerBoundNanos();
      double best = joint.get().prediction().latencyNanos();
      assertThat(best).as("seed %d", seed).isGreaterThanOrEqualTo(bound - 1);
      for (SplitStrategy strategy : SplitStrategies.load().all()) {
        Optional<PlannedRun> other = plan(request(seed).with(strategy.id(), "layer"));
        if (other.isPresent()) {
          compared++;
          assertThat((double) other.get().prediction().latencyNanos())
              .as("seed %d, %s", seed, strategy.id())
              .isGreaterThanOrEqualTo(bound - 1)
              .isGreaterThanOrEqualTo(best * (1 - ROUNDING));
        }
      }
    }
    assertThat(compared).isGreaterThan(5 * SEEDS);
  }

  /** Where nothing is known of interfaces, the bound holds for all that they might carry. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1.7, 4, 100})
  void theBoundOfUnknownInterfacesHoldsHoweverFastTheyAre(double faster) {
    for (int seed = 0; seed < FASTER_SEEDS; seed++) {
      PlanRequest unknown = RandomClusters.unequal(SmallModels.all(), seed, 1e-3, 1);
      ClusterProfile profile = unknown.profile();
      unknown = unknown.with(new ClusterProfile(profile.devices(), profile.links()));
      List<InterfaceEstimate> carried = new ArrayList<>();
      for (int i = 0; i < profile.size(); i++) {
        carried.add(InterfaceEstimate.both(faster * fastest(profile, i)));
      }
      PlanRequest known =
          unknown.with(new ClusterProfile(profile.devices(), profile.links(), carried));
      double bound = plan(unknown).orElseThrow().lowerBoundNanos();
      PlannedRun joint = plan(known).orElseThrow();
      assertThat((double) joint.prediction().latencyNanos())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(bound - 1);
    }
  }

  private static double fastest(ClusterProfile profile, int device) {
    double fastest = profile.interfaces().get(device).outgoingBitsPerSecond();
    for (int other = 0; other < profile.size(); other++) {
      if (other != device) {
        fastest = Math.max(fastest, profile.links().get(device).get(other).bitsPerSecond());
      }
    }
    return fastest;
  }

  private Optional<PlannedRun> plan(PlanRequest request) {
    try {
      return Optional.of(planner.plan(request));
    } catch (InfeasiblePlanException e) {
      return Optional.empty();
    }
  }
}
