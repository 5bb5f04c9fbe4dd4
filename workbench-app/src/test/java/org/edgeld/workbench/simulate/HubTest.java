package org.edgeld.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.InterfaceEstimate;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.RooflineProfile;
import org.edgeld.workbench.simulate.SteadyState.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A board with a fast link that gives strips to boards with slow ones, worked out by hand. */
@Tag("core")
class HubTest {
  private static final ModelGraph GRAPH = SmallModels.convolutionsOnly();
  private static final DeviceId HUB = new DeviceId(0);
  private static final Block FIRST = new Block(0, 1);
  private static final int LEAVES = 3;
  private static final double HUB_RATE = 1e9;
  private static final double LEAF_RATE = 1e6;
  private static final double ROUNDING_NANOS = 2;

  private static ClusterProfile boards() {
    List<Board> boards = new ArrayList<>(Board.parse("hub:1::::1000"));
    boards.addAll(Board.parse(LEAVES + "xleaf:1::::1"));
    return RooflineProfile.of(GRAPH, boards, new LinkEstimate(0, HUB_RATE));
  }

  private static int height() {
    return GRAPH.shapes().get(1).height();
  }

  /** Whatever rows of the input its output rows might need, for the whole output if all. */
  private static Slice input() {
    return Slice.rows(TensorId.INPUT, GRAPH.input(), Range.upTo(GRAPH.input().height()));
  }

  private static Slice output(int leaf) {
    int start = height() * leaf / LEAVES;
    int end = height() * (leaf + 1) / LEAVES;
    return Slice.rows(new TensorId(1), GRAPH.shapes().get(1), new Range(start, end));
  }

  /** The hub sends the input to all leaves, each computes a strip and sends it back. */
  private static ProgramSet programs() {
    List<Step> hub = new ArrayList<>();
    List<DeviceProgram> programs = new ArrayList<>();
    for (int leaf = 0; leaf < LEAVES; leaf++) {
      hub.add(new Step.Send(input(), new DeviceId(1 + leaf)));
    }
    for (int leaf = 0; leaf < LEAVES; leaf++) {
      hub.add(new Step.Receive(output(leaf), new DeviceId(1 + leaf)));
    }
    programs.add(new DeviceProgram(HUB, hub));
    for (int leaf = 0; leaf < LEAVES; leaf++) {
      programs.add(
          new DeviceProgram(
              new DeviceId(1 + leaf),
              List.of(
                  new Step.Receive(input(), HUB),
                  new Step.Compute(FIRST, List.of(output(leaf))),
                  new Step.Send(output(leaf), HUB))));
    }
    return new ProgramSet(GRAPH, HUB, programs);
  }

  private static double computeNanos(MeasuredCost cost, int leaf) {
    Step.Compute step = new Step.Compute(FIRST, List.of(output(leaf)));
    return cost.computeNanos(new DeviceId(1 + leaf), step.tile(GRAPH, GRAPH.shapes()));
  }

  @Test
  void eachLeafIsServedAsIfItWereAlone() {
    MeasuredCost cost = new MeasuredCost(GRAPH, boards());
    double latest = 0;
    for (int leaf = 0; leaf < LEAVES; leaf++) {
      double there = input().bytes() * 8e9 / LEAF_RATE;
      double back = output(leaf).bytes() * 8e9 / LEAF_RATE;
      latest = Math.max(latest, there + computeNanos(cost, leaf) + back);
    }
    assertThat((double) new Simulator().simulate(programs(), cost).latencyNanos())
        .isCloseTo(latest, within(ROUNDING_NANOS));
  }

  @Test
  void theHubIsBusyForAsLongAsItsOwnRateTakes() {
    SteadyState steady = SteadyState.of(programs(), new MeasuredCost(GRAPH, boards()));
    double leafNanos = input().bytes() * 8e9 / LEAF_RATE;
    for (SteadyState.Load load : steady.loads()) {
      if (load.resource() == Resource.INCOMING && !load.device().equals(HUB)) {
        assertThat(load.nanos()).isCloseTo(leafNanos, within(ROUNDING_NANOS));
      }
      if (load.resource() == Resource.INCOMING && load.device().equals(HUB)) {
        double all = 0;
        for (int leaf = 0; leaf < LEAVES; leaf++) {
          all += output(leaf).bytes();
        }
        assertThat(load.nanos()).isCloseTo(all * 8e9 / HUB_RATE, within(ROUNDING_NANOS));
      }
      if (load.resource() == Resource.OUTGOING && load.device().equals(HUB)) {
        assertThat(load.nanos())
            .as("slices to one leaf follow each other at its rate")
            .isCloseTo(leafNanos, within(ROUNDING_NANOS));
      }
    }
  }

  @Test
  void aHubOfWhichNothingIsKnownServesThemAtItsFastestLink() {
    ClusterProfile unknown =
        new ClusterProfile(
            boards().devices(),
            boards().links(),
            Collections.nCopies(1 + LEAVES, InterfaceEstimate.UNKNOWN));
    MeasuredCost cost = new MeasuredCost(GRAPH, unknown);
    double there = LEAVES * input().bytes() * 8e9 / LEAF_RATE;
    double computing = computeNanos(cost, 0);
    assertThat(new Simulator().simulate(programs(), cost).latencyNanos())
        .isGreaterThan(Math.round(there + computing));
  }
}
