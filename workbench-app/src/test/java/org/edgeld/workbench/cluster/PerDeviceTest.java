package org.edgeld.workbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class PerDeviceTest {
  @Test
  void listsThatDealTheSameAreEqual() {
    assertThat(new PerDevice(List.of(1.0, 1.0, 1.0))).isEqualTo(PerDevice.all(1));
    assertThat(new PerDevice(List.of(1.0, 2.0, 1.0, 2.0))).hasToString("1/2");
    assertThat(new PerDevice(List.of(1.0, 2.0, 1.0))).hasToString("1/2/1");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200; i++) {
      List<Double> values = new ArrayList<>();
      int size = 1 + random.nextInt(6);
      for (int k = 0; k < size; k++) {
        values.add((double) random.nextInt(2));
      }
      PerDevice dealt = new PerDevice(values);
      for (int device = 0; device < 16; device++) {
        assertThat(dealt.of(device)).isEqualTo(values.get(device % size));
      }
      assertThat(dealt.same()).isEqualTo(values.stream().distinct().count() == 1);
    }
  }

  @Test
  void nothingCannotBeDealt() {
    assertThatThrownBy(() -> new PerDevice(List.of())).hasMessageContaining("Maybe name one");
  }
}
