package org.edgeld.workbench.split.joint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.edgeld.geometry.Block;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fusion.Units;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.PlanCompiler;
import org.edgeld.workbench.simulate.Simulator;
import org.edgeld.workbench.split.Contexts;
import org.edgeld.workbench.split.PlanContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("core")
class FrameEstimateTest {
  private static final int CLUSTERS = 300;

  /** Median of how far estimates of random plans are off the simulator. */
  private static final double OFF = 0.02;

  /** What nine of ten estimates are not off by. */
  private static final double MOSTLY_OFF = 0.15;

  @ParameterizedTest
  @EnumSource(Routing.class)
  void randomPlansTakeAboutAsLongAsInTheSimulator(Routing routing) throws Exception {
    List<Double> off = new ArrayList<>();
    for (int seed = 0; seed < CLUSTERS; seed++) {
      PlanRequest request = RandomClusters.request(SmallModels.all(), seed, 1e-3);
      if (request.profile().size() < 2) {
        continue;
      }
      PlanContext context = Contexts.of(request);
      Tiles tiles = new Tiles(context);
      List<Block> units = Units.of(context.geometry());
      Choices choices =
          new Choices(context, new MemoryLimits(context), Objective.LATENCY, tiles, units);
      List<Piece> pieces = pieces(context.blocks(), choices, new Random(seed));
      Draft draft =
          Draft.of(context, new MemoryLimits(context), Objective.LATENCY, tiles, routing, pieces);
      Plan plan =
          new Plan(
              context.graph(),
              context.devices(),
              context.head(),
              routing,
              pieces.stream().map(tiles::stage).toList());
      double simulated =
          new Simulator().simulate(new PlanCompiler().compile(plan), context.cost()).latencyNanos();
      off.add(Math.abs(draft.nanos() / simulated - 1));
    }
    Collections.sort(off);
    assertThat(off).hasSizeGreaterThan(CLUSTERS / 2);
    assertThat(off.get(off.size() / 2)).as("median of %s", off).isLessThan(OFF);
    assertThat(off.get(off.size() * 9 / 10)).as("nine of ten of %s", off).isLessThan(MOSTLY_OFF);
  }

  private static List<Piece> pieces(List<Block> blocks, Choices choices, Random random) {
    List<Piece> pieces = new ArrayList<>();
    for (Block block : blocks) {
      List<Ownership> all = choices.of(block);
      pieces.add(new Piece(block, all.get(random.nextInt(all.size()))));
    }
    return pieces;
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void aTriedChangeIsEstimatedAsAKeptOne(Objective objective) throws Exception {
    int changed = 0;
    for (int seed = 0; seed < CLUSTERS / 3; seed++) {
      PlanContext context = Contexts.of(RandomClusters.request(SmallModels.all(), seed, 1e-3));
      Tiles tiles = new Tiles(context);
      MemoryLimits limits = new MemoryLimits(context);
      Choices choices =
          new Choices(context, limits, objective, tiles, Units.of(context.geometry()));
      Random random = new Random(seed);
      Routing routing = Routing.values()[seed % Routing.values().length];
      List<Piece> pieces = pieces(context.blocks(), choices, random);
      Draft draft = Draft.of(context, limits, objective, tiles, routing, pieces);
      for (int from = 0; from < pieces.size(); from++) {
        List<Piece> others = new ArrayList<>(pieces.subList(0, from));
        List<Block> rest = context.blocks().subList(from, pieces.size());
        others.addAll(pieces(rest, choices, random));
        Draft whole = Draft.of(context, limits, objective, tiles, routing, others);

        assertThat(draft.nanosChanged(from, others)).isEqualTo(whole.nanos());
        assertThat(draft.changed(from, others).nanos()).isEqualTo(whole.nanos());
        changed += whole.nanos() == draft.nanos() ? 0 : 1;
      }
    }
    assertThat(changed).as("changes that count").isGreaterThan(CLUSTERS);
  }
}
