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

import java.util.List;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.program.Step;
import org.junit.jupiter.api.Test;

class TensorPlanTest {
  private final TensorPlan head = new TensorPlan(programs(), A);
  private final TensorPlan other = new TensorPlan(programs(), B);

  @Test
  void headHoldsTheWholeInputAndOthersOnlyWhatArrives() {
    assertThat(head.window(T0)).isEqualTo(new Range(0, 8));
    assertThat(other.window(T0)).isEqualTo(new Range(4, 8));
  }

  @Test
  void computedAndReceivedRowsMeetInOneWindow() {
    // the activation reads rows 0 to 8, of which 0 to 5 were computed here
    assertThat(head.window(T1)).isEqualTo(new Range(0, 8));
    assertThat(head.copies(T1, new Range(0, 5))).containsExactly(new Range(0, 5));
  }

  @Test
  void rowsUsedOnlyAsTheyWereComputedNeedNoWindow() {
    assertThat(other.window(T1)).isEqualTo(Range.EMPTY);
    assertThat(other.copies(T1, new Range(5, 8))).isEmpty();
    assertThat(head.window(T2)).isEqualTo(Range.EMPTY);
  }

  @Test
  void computedRowsThatAlsoArriveAreNotCopiedOverTheArrived() {
    TensorPlan plan =
        new TensorPlan(
            programs(
                List.of(compute(0, 0, 6), new Step.Receive(rows(T1, 5, 8), B), compute(1, 0, 8)),
                List.of()),
            A);
    assertThat(plan.copies(T1, new Range(0, 6))).containsExactly(new Range(0, 5));
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
    assertThat(head.layers()).containsExactly(0, 1);
    assertThat(other.layers()).containsExactly(0);
    assertThat(head.peers()).containsExactly(B);
    assertThat(other.peers()).containsExactly(A);
    assertThat(other.tile(1).inputRows()).isEqualTo(new Range(4, 8));
  }

  @Test
  void memoryOfAFrameIsItsWindowsAndItsWidestTile() {
    int row = TwoDevices.ROW_FLOATS * Float.BYTES;
    // windows of 8 rows of the input and of the average; the activation reads and writes 8 rows
    assertThat(head.frameBytes()).isEqualTo((8 + 8) * row + (8 + 8) * row);
    assertThat(other.frameBytes()).isEqualTo(4 * row + (4 + 3) * row);
  }

  @Test
  void programThatRefersToWhatItsModelDoesNotHaveIsRefused() {
    Slice inner = new Slice(T1, new Range(0, 2), new Range(0, 8), new Range(1, 2));
    for (Slice wrong : List.of(inner, rows(T1, 4, 9), rows(T1, 4, 4))) {
      assertThatThrownBy(
              () -> new TensorPlan(programs(List.of(new Step.Receive(wrong, B)), List.of()), A))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no full rows");
    }
    Step.Receive twice = new Step.Receive(rows(T1, 5, 8), B);
    assertThatThrownBy(() -> new TensorPlan(programs(List.of(twice, twice), List.of()), A))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }
}
