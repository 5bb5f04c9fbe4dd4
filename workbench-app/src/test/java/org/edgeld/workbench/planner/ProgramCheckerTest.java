package org.edgeld.workbench.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("core")
class ProgramCheckerTest {
  private static final DeviceId A = new DeviceId(0);
  private static final DeviceId B = new DeviceId(1);
  private final ProgramChecker checker = new ProgramChecker();

  private static ProgramSet programs(ModelGraph graph, int devices, Routing routing)
      throws Exception {
    double[] rates = new double[devices];
    Arrays.fill(rates, 1e7);
    PlanRequest request =
        new PlanRequest(
            graph,
            SyntheticCluster.of(graph, rates, 1e9, 1000),
            A,
            Method.of("equal").withFusion("2").with(routing));
    return DefaultPlanner.load().plan(request).programs();
  }

  private static ProgramSet with(ProgramSet programs, int device, List<Step> steps) {
    List<DeviceProgram> all = new ArrayList<>(programs.programs());
    all.set(device, new DeviceProgram(new DeviceId(device), steps));
    return new ProgramSet(programs.graph(), programs.head(), all);
  }

  @ParameterizedTest
  @EnumSource(Routing.class)
  void everyRemovedStepIsDetected(Routing routing) throws Exception {
    ProgramSet programs = programs(SmallModels.residual(), 3, routing);
    checker.check(programs);
    for (int device = 0; device < 3; device++) {
      List<Step> steps = programs.programs().get(device).steps();
      for (int i = 0; i < steps.size(); i++) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(i);
        ProgramSet mutant = with(programs, device, fewer);
        assertThatThrownBy(() -> checker.check(mutant))
            .as("without step %d of device %d, %s", i, device, steps.get(i))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Routing.class)
  void everyRepeatedStepIsDetected(Routing routing) throws Exception {
    ProgramSet programs = programs(SmallModels.concat(), 3, routing);
    for (int device = 0; device < 3; device++) {
      List<Step> steps = programs.programs().get(device).steps();
      for (int i = 0; i < steps.size(); i++) {
        List<Step> more = new ArrayList<>(steps);
        more.add(i, steps.get(i));
        ProgramSet mutant = with(programs, device, more);
        assertThatThrownBy(() -> checker.check(mutant))
            .as("with step %d of device %d twice, %s", i, device, steps.get(i))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Routing.class)
  void randomChangesOfRowsPeersAndBlocksAreDetected(Routing routing) throws Exception {
    ProgramSet programs = programs(SmallModels.residual(), 4, routing);
    Random random = new Random(7);
    int mutated = 0;
    while (mutated < 500) {
      int device = random.nextInt(4);
      List<Step> steps = new ArrayList<>(programs.programs().get(device).steps());
      int index = random.nextInt(steps.size());
      Step changed = steps.get(index).accept(new Mutation(random, new DeviceId(device)));
      steps.set(index, changed);
      ProgramSet mutant = with(programs, device, steps);
      if (mutant.equals(programs)) {
        continue;
      }
      mutated++;
      assertThatThrownBy(() -> checker.check(mutant))
          .as("step %d of device %d became %s", index, device, changed)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /** Changes one field of a step such that the programs as a whole no longer fit together. */
  private record Mutation(Random random, DeviceId self) implements Step.Handler<Step> {
    private Slice changed(Slice slice) {
      Range rows = slice.rows();
      // without its first row: rows beyond the last one needed may be missing without harm
      Range other =
          rows.size() > 1 && random.nextBoolean()
              ? new Range(rows.start() + 1, rows.end())
              : new Range(rows.start() + 1, rows.end() + 1);
      return new Slice(slice.tensor(), slice.region().with(Axis.ROWS, other));
    }

    private DeviceId otherPeer(DeviceId peer) {
      DeviceId other;
      do {
        other = new DeviceId(random.nextInt(5));
      } while (other.equals(peer));
      return other;
    }

    @Override
    public Step receive(Step.Receive step) {
      return random.nextBoolean()
          ? new Step.Receive(changed(step.slice()), step.from())
          : new Step.Receive(step.slice(), otherPeer(step.from()));
    }

    @Override
    public Step compute(Step.Compute step) {
      if (random.nextBoolean()) {
        return new Step.Compute(
            step.block(), List.of(changed(step.outputs().get(0))), step.parts());
      }
      // the same output from half of the layers
      Block block = step.block();
      int start = block.layerStart() + random.nextInt(block.size());
      return start == block.layerStart()
          ? step
          : new Step.Compute(new Block(start, block.layerEnd()), step.outputs());
    }

    @Override
    public Step send(Step.Send step) {
      return random.nextBoolean()
          ? new Step.Send(changed(step.slice()), step.to())
          : new Step.Send(step.slice(), otherPeer(step.to()));
    }

    @Override
    public Step release(Step.Release step) {
      return new Step.Release(new TensorId(step.tensor().index() + 1));
    }
  }

  @Test
  void devicesThatWaitForEachOtherAreNamed() {
    ModelGraph graph = SmallModels.convolutionsOnly();
    Slice input = Slice.whole(TensorId.INPUT, graph.input());
    ProgramSet programs =
        new ProgramSet(
            graph,
            A,
            List.of(
                new DeviceProgram(A, List.of(new Step.Receive(input, B), new Step.Send(input, B))),
                new DeviceProgram(
                    B, List.of(new Step.Receive(input, A), new Step.Send(input, A)))));
    assertThatThrownBy(() -> checker.check(programs))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Device A cannot do step 0")
        .hasMessageContaining("nothing is ever sent to it");
  }

  @Test
  void missingRowsAreNamed() {
    ModelGraph graph = SmallModels.convolutionsOnly();
    Block block = new Block(0, 1);
    Slice output = Slice.rows(block.last(), graph.shapes().get(1), new Range(4, 6));
    ProgramSet programs =
        new ProgramSet(
            graph,
            A,
            List.of(
                new DeviceProgram(A, List.of()),
                new DeviceProgram(B, List.of(new Step.Compute(block, List.of(output))))));
    assertThatThrownBy(() -> checker.check(programs))
        .hasMessageContaining("Device B cannot do step 0")
        .hasMessageContaining(
            "of t0 it needs channels [0, 1) rows [1, 9) columns [0, 5) and holds []");
  }

  @Test
  void aTensorIsGoneAfterItsRelease() {
    ModelGraph graph = SmallModels.convolutionsOnly();
    Block block = new Block(0, 3);
    Slice output = Slice.whole(block.last(), graph.shapes().get(3));
    ProgramSet programs =
        new ProgramSet(
            graph,
            A,
            List.of(
                new DeviceProgram(
                    A,
                    List.of(
                        new Step.Release(TensorId.INPUT),
                        new Step.Compute(block, List.of(output))))));
    assertThatThrownBy(() -> checker.check(programs)).hasMessageContaining("holds []");
  }

  @Test
  void heldRegionsJoinWhereTheyMakeUpALargerOne() {
    HeldRegions held = new HeldRegions();
    held.add(box(4, 6, 0, 5));
    held.add(box(0, 2, 0, 5));
    assertThat(held.of(T))
        .containsExactlyInAnyOrder(box(4, 6, 0, 5).region(), box(0, 2, 0, 5).region());
    assertThat(held.holds(box(1, 5, 0, 5))).isFalse();
    held.add(box(2, 4, 0, 5));
    assertThat(held.of(T)).containsExactly(box(0, 6, 0, 5).region());
    assertThat(held.holds(box(1, 5, 2, 3))).isTrue();
  }

  @Test
  void heldRegionsCountOverlapsOnce() {
    HeldRegions held = new HeldRegions();
    held.add(box(0, 4, 0, 4));
    held.add(box(2, 6, 2, 6));
    assertThat(held.bytes()).isEqualTo(4 * (16 + 16 - 4));
    assertThat(held.holds(box(1, 3, 1, 4))).isTrue();
    assertThat(held.missing(box(0, 6, 2, 4))).containsExactly();
    assertThat(held.missing(box(0, 1, 3, 6))).containsExactly(box(0, 1, 4, 6).region());
  }

  private static final TensorId T = new TensorId(3);

  private static Slice box(int rowStart, int rowEnd, int columnStart, int columnEnd) {
    return new Slice(
        T,
        new Region(Range.upTo(1), new Range(rowStart, rowEnd), new Range(columnStart, columnEnd)));
  }
}
