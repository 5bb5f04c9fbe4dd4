package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.agent.runtime.TwoDevices.A;
import static org.edgeld.agent.runtime.TwoDevices.B;
import static org.edgeld.agent.runtime.TwoDevices.T0;
import static org.edgeld.agent.runtime.TwoDevices.T1;
import static org.edgeld.agent.runtime.TwoDevices.T2;
import static org.edgeld.agent.runtime.TwoDevices.compute;
import static org.edgeld.agent.runtime.TwoDevices.programs;
import static org.edgeld.agent.runtime.TwoDevices.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.agent.runtime.MemoryMap.Computed;
import org.edgeld.agent.runtime.MemoryMap.Copy;
import org.edgeld.agent.runtime.MemoryMap.Place;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.junit.jupiter.api.Test;

class TensorPlanTest {
  private static final int ROW_BYTES = TwoDevices.ROW_FLOATS * Float.BYTES;

  private final TensorPlan head = new TensorPlan(programs(), A);
  private final TensorPlan other = new TensorPlan(programs(), B);

  private static Region region(int start, int end) {
    return rows(T1, start, end).region();
  }

  private static Slice columns(int start, int end) {
    return new Slice(T1, new Region(Range.upTo(2), Range.upTo(8), new Range(start, end)));
  }

  private static Place place(TensorPlan plan, Part part) {
    return plan.places().get(part.place());
  }

  private static Place window(Region region) {
    return new Place(region, RowMargin.NONE, true);
  }

  private static Place result(Region region) {
    return new Place(region, RowMargin.NONE, false);
  }

  private static List<Region> copied(TensorPlan plan, int step) {
    return plan.computed(step).get(0).copies().stream().map(Copy::region).toList();
  }

  private static TensorPlan headOf(Step... steps) {
    return new TensorPlan(programs(List.of(steps), List.of()), A);
  }

  @Test
  void headHoldsTheWholeInputAndOthersOnlyWhatArrives() {
    assertThat(place(head, head.input())).isEqualTo(window(rows(T0, 0, 8).region()));
    assertThat(place(other, other.received(0))).isEqualTo(window(rows(T0, 4, 8).region()));
    assertThat(other.places()).filteredOn(Place::window).hasSize(1);
  }

  @Test
  void computedAndReceivedRowsMeetInOneWindow() {
    // the activation reads rows 0 to 8, of which 0 to 5 were computed here
    Part read = head.inputs(4).get(0);
    assertThat(place(head, read)).isEqualTo(window(region(0, 8)));
    assertThat(head.received(2).place()).isEqualTo(read.place());
    Computed computed = head.computed(1).get(0);
    assertThat(computed.copies()).containsExactly(new Copy(read.place(), region(0, 5)));
    assertThat(computed.kept()).as("used as it was computed").isFalse();
  }

  @Test
  void rowsUsedOnlyAsTheyWereComputedNeedNoWindow() {
    Computed computed = other.computed(1).get(0);
    assertThat(computed).isEqualTo(new Computed(other.sent(2).place(), true, List.of()));
    assertThat(place(other, other.sent(2))).isEqualTo(result(region(5, 8)));
    assertThat(place(head, head.outputs().get(0))).isEqualTo(result(region(0, 8)));
  }

  @Test
  void computedRowsThatAlsoArriveAreNotCopiedOverTheArrived() {
    TensorPlan plan =
        headOf(compute(0, 0, 6), new Step.Receive(rows(T1, 5, 8), B), compute(1, 0, 8));
    assertThat(copied(plan, 0)).containsExactly(region(0, 5));
  }

  @Test
  void computedRowsAreCopiedForAUseBeforeTheyAlsoArrive() {
    TensorPlan plan =
        headOf(
            compute(0, 0, 6),
            compute(0, 6, 8),
            new Step.Send(rows(T1, 0, 8), B),
            new Step.Receive(rows(T1, 5, 8), B),
            compute(1, 0, 8));
    assertThat(copied(plan, 0)).containsExactly(region(0, 6));
    assertThat(copied(plan, 1)).containsExactly(region(6, 8));
  }

  @Test
  void onlyRowsThatSomebodyReadsInTheWindowAreCopied() {
    TensorPlan plan =
        headOf(
            compute(0, 0, 6),
            new Step.Receive(rows(T1, 6, 8), B),
            new Step.Send(rows(T1, 4, 8), B),
            compute(1, 5, 7),
            compute(1, 0, 8));
    assertThat(copied(plan, 0)).containsExactly(region(4, 6), region(0, 4));
    plan =
        new TensorPlan(
            programs(
                List.of(new Step.Receive(rows(T2, 0, 8), B)),
                List.of(
                    new Step.Receive(rows(T0, 0, 8), A),
                    compute(0, 0, 6),
                    new Step.Receive(rows(T1, 6, 8), A),
                    compute(1, 4, 8),
                    compute(1, 0, 4))),
            B);
    assertThat(copied(plan, 1)).containsExactly(region(4, 6));
    assertThat(plan.computed(1).get(0).kept()).isTrue();
  }

  @Test
  void farApartUsesHaveWindowsOfTheirOwn() {
    TensorPlan plan =
        new TensorPlan(
            programs(
                List.of(new Step.Receive(rows(T2, 0, 8), B)),
                List.of(
                    new Step.Receive(rows(T1, 0, 2), A),
                    new Step.Receive(rows(T1, 2, 3), A),
                    new Step.Receive(rows(T1, 6, 8), A),
                    compute(1, 0, 3),
                    compute(1, 6, 8))),
            B);
    assertThat(plan.places())
        .filteredOn(Place::window)
        .extracting(Place::region)
        .containsExactlyInAnyOrder(region(0, 3), region(6, 8));
    assertThat(plan.received(1).place()).isEqualTo(plan.received(0).place());
  }

  @Test
  void windowThatGrowsIntoAnotherBecomesOneWithIt() {
    TensorPlan plan =
        new TensorPlan(
            programs(
                List.of(new Step.Receive(rows(T2, 0, 8), B)),
                List.of(
                    new Step.Receive(rows(T1, 0, 2), A),
                    new Step.Receive(rows(T1, 4, 6), A),
                    new Step.Receive(rows(T1, 2, 4), A),
                    new Step.Send(rows(T1, 1, 5), A))),
            B);
    assertThat(plan.places()).containsExactly(window(region(0, 6)));
  }

  @Test
  void columnsLieInPiecesInAWindowOfFullRows() {
    TensorPlan plan =
        headOf(
            new Step.Receive(columns(0, 1), B),
            new Step.Receive(columns(1, 3), B),
            new Step.Send(columns(0, 1), B),
            compute(1, 0, 8));
    assertThat(place(plan, plan.received(0))).isEqualTo(window(region(0, 8)));
    assertThat(plan.received(0).inOnePiece()).isFalse();
    assertThat(plan.sent(2).inOnePiece()).isFalse();
    assertThat(plan.inputs(3).get(0).inOnePiece()).isTrue();
  }

  @Test
  void tensorThatComesAgainAfterItsReleaseLiesElsewhere() {
    TensorPlan plan =
        new TensorPlan(
            programs(
                List.of(new Step.Receive(rows(T2, 0, 8), B)),
                List.of(
                    new Step.Receive(rows(T0, 0, 8), A),
                    compute(0, 0, 4),
                    new Step.Send(rows(T1, 0, 4), A),
                    new Step.Release(T1),
                    new Step.Receive(rows(T1, 0, 5), A),
                    compute(1, 0, 4),
                    new Step.Release(T1))),
            B);
    assertThat(plan.released(3)).containsExactly(plan.sent(2).place());
    assertThat(plan.released(6)).containsExactly(plan.received(4).place());
    assertThat(place(plan, plan.inputs(5).get(0))).isEqualTo(window(region(0, 5)));
  }

  @Test
  void everyArrivalBelongsToTheStepThatWaitsForIt() {
    assertThat(head.receiveStep(B, rows(T1, 5, 8))).contains(2);
    assertThat(other.receiveStep(A, rows(T0, 4, 8))).contains(0);
    assertThat(head.receiveStep(B, rows(T1, 4, 8))).isEmpty();
    assertThat(head.receiveStep(A, rows(T1, 5, 8))).isEmpty();
    assertThat(other.receiveStep(A, rows(T1, 5, 8))).isEmpty();
  }

  @Test
  void layersPeersAndTilesAreThoseOfTheProgram() {
    assertThat(head.weights().channels().keySet()).containsExactly(0, 1);
    assertThat(other.weights().channels().keySet()).containsExactly(0);
    assertThat(head.peers()).containsExactly(B);
    assertThat(other.peers()).containsExactly(A);
    assertThat(other.tile(1).inputs()).containsExactly(rows(T0, 4, 8));
  }

  @Test
  void memoryOfAFrameIsItsWindowsAndItsWidestTile() {
    // windows of 8 rows of the input and of the average; the activation reads and writes 8 rows
    assertThat(FrameBytes.of(head, Precision.FLOAT32).total(1))
        .isEqualTo((8 + 8) * ROW_BYTES + (8 + 8) * ROW_BYTES);
    assertThat(FrameBytes.of(other, Precision.FLOAT32).total(1))
        .isEqualTo(4 * ROW_BYTES + (4 + 3) * ROW_BYTES);
  }

  @Test
  void memoryOfAFrameCountsPackedSlicesAndResultsThatAreKept() {
    int pixelBytes = 2 * Float.BYTES;
    TensorPlan plan =
        headOf(
            compute(0, 0, 8),
            new Step.Send(columns(0, 1), B),
            new Step.Send(columns(0, 2), B),
            compute(1, 0, 8));
    // the window of the input, two packed sends, and the average beside the activation's two
    assertThat(FrameBytes.of(plan, Precision.FLOAT32).total(1))
        .isEqualTo(8 * ROW_BYTES + (8 + 16) * pixelBytes + 8 * ROW_BYTES + 16 * ROW_BYTES);
    Step release = new Step.Release(T1);
    plan =
        new TensorPlan(
            programs(
                List.of(new Step.Receive(rows(T2, 0, 8), B)),
                List.of(
                    new Step.Receive(rows(T0, 0, 8), A),
                    compute(0, 0, 4),
                    new Step.Send(rows(T1, 0, 4), A),
                    release,
                    compute(0, 4, 8),
                    new Step.Send(rows(T1, 4, 8), A),
                    release)),
            B);
    assertThat(FrameBytes.of(plan, Precision.FLOAT32).total(1))
        .isEqualTo(8 * ROW_BYTES + (5 + 4) * ROW_BYTES);
  }

  @Test
  void memoryOfAResultIsCountedUntilNothingOfItIsUsed() {
    List<Slice> both = List.of(rows(T1, 0, 8), rows(T2, 0, 8));
    List<Step> steps =
        List.of(
            new Step.Receive(rows(T0, 0, 8), A),
            new Step.Compute(new Block(0, 2), both),
            new Step.Send(rows(T1, 0, 8), A),
            new Step.Send(rows(T2, 0, 8), A),
            new Step.Release(T1),
            compute(0, 0, 8));
    TensorPlan plan =
        new TensorPlan(programs(List.of(new Step.Receive(rows(T2, 0, 8), B)), steps), B);
    // the input's window; both slices of the result, though one is released, and the last tile
    assertThat(FrameBytes.of(plan, Precision.FLOAT32).total(1))
        .isEqualTo((8 + 16 + 16) * ROW_BYTES);
    List<Step> freed = new ArrayList<>(steps);
    freed.add(5, new Step.Release(T2));
    plan = new TensorPlan(programs(List.of(new Step.Receive(rows(T2, 0, 8), B)), freed), B);
    // the widest tile is now the first: it reads 8 rows and yields 16
    assertThat(FrameBytes.of(plan, Precision.FLOAT32).total(1)).isEqualTo((8 + 24) * ROW_BYTES);
  }

  @Test
  void programThatRefersToWhatItsModelDoesNotHaveIsRefused() {
    Slice none = new Slice(T1, Region.EMPTY);
    Slice wide = new Slice(T1, new Region(Range.upTo(2), Range.upTo(8), new Range(2, 4)));
    Slice deep = new Slice(T1, new Region(Range.upTo(3), Range.upTo(8), Range.upTo(3)));
    Slice huge =
        new Slice(
            T1,
            new Region(
                Range.upTo(Integer.MAX_VALUE),
                Range.upTo(Integer.MAX_VALUE),
                Range.upTo(Integer.MAX_VALUE)));
    Slice unknown = new Slice(new TensorId(3), region(0, 8));
    for (Slice wrong : List.of(none, wide, deep, huge, unknown, rows(T1, 4, 9), rows(T1, 4, 4))) {
      assertThatThrownBy(() -> headOf(new Step.Receive(wrong, B)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no part of a tensor");
      assertThatThrownBy(() -> headOf(new Step.Send(wrong, B)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no part of a tensor");
    }
    for (Slice wrong : List.of(wide, deep, huge)) {
      assertThatThrownBy(() -> headOf(new Step.Compute(new Block(0, 1), List.of(wrong))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no part of a tensor");
    }
    assertThatThrownBy(() -> headOf(new Step.Compute(new Block(0, 3), List.of(rows(T2, 0, 8)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layers [0, 3)");
    Step.Receive twice = new Step.Receive(rows(T1, 5, 8), B);
    assertThatThrownBy(() -> headOf(twice, twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void programThatUsesWhatHasNotComeIsRefused() {
    assertThatThrownBy(() -> headOf(new Step.Send(rows(T1, 0, 2), B)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t1")
        .hasMessageContaining("not come");
    assertThatThrownBy(
            () -> headOf(compute(0, 0, 4), new Step.Receive(rows(T1, 5, 8), B), compute(1, 0, 8)))
        .as("a row is missing")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows [4, 5)");
    assertThatThrownBy(() -> headOf(compute(0, 0, 8), new Step.Release(T1), compute(1, 0, 8)))
        .as("given up")
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> headOf(compute(0, 0, 8), compute(1, 0, 7)))
        .as("not all of the model's output")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t2");
    assertThatThrownBy(() -> new TensorPlan(programs(List.of(), List.of(compute(0, 0, 8))), B))
        .as("the input is the head's")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void programThatExchangesWithNoPeerIsRefused() {
    for (DeviceId wrong : List.of(A, new DeviceId(2))) {
      assertThatThrownBy(() -> headOf(new Step.Send(rows(T0, 0, 2), wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no peer");
      assertThatThrownBy(() -> headOf(new Step.Receive(rows(T1, 0, 2), wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no peer");
    }
  }

  @Test
  void programThatWouldRunAllByItselfIsRefused() {
    ProgramSet free =
        programs(List.of(new Step.Receive(rows(T2, 0, 8), B)), List.of(new Step.Release(T2)));
    assertThatThrownBy(() -> new TensorPlan(free, B))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("receives nothing");
    assertThat(new TensorPlan(programs(List.of(new Step.Receive(rows(T2, 0, 8), B)), List.of()), B))
        .as("a device without steps")
        .extracting(plan -> plan.weights().channels().keySet())
        .isEqualTo(Set.of());
  }

  @Test
  void programOfVeryManyPartsIsRefused() {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      steps.add(new Step.Send(rows(T0, 0, 2), B));
    }
    ProgramSet many =
        new ProgramSet(
            TwoDevices.graph(),
            A,
            List.of(new DeviceProgram(A, steps), new DeviceProgram(B, List.of())));
    assertThatThrownBy(() -> new TensorPlan(many, A))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe");
  }
}
