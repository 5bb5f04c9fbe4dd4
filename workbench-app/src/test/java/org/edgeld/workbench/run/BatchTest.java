package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class BatchTest {
  @Test
  void refusesWhatCannotBeInOneSentence() {
    assertRefused(0, 1, "A batch of 0 frames is impossible. Maybe use 1 frame.");
    assertRefused(4, 0, "0 of 4 frames cannot be in flight at one time. Maybe use 1 in flight.");
    assertRefused(
        3,
        5,
        "5 of 3 frames cannot be in flight at one time. Maybe use 3 in flight, or more frames.");
    assertRefused(
        100, 65, "65 of 100 frames cannot be in flight at one time. Maybe use 64 in flight.");
  }

  private static void assertRefused(int frames, int inFlight, String sentence) {
    assertThatThrownBy(() -> new Batch(frames, inFlight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void neighboursInFlightHaveDifferentInputs() {
    assertThat(Batch.ONE.inputs()).isEqualTo(1);
    assertThat(new Batch(4, 4).inputs()).isEqualTo(4);
    assertThat(new Batch(24, 8).inputs()).isEqualTo(9);
    assertThat(new Batch(24, 1).inputs()).isEqualTo(2);
  }
}
