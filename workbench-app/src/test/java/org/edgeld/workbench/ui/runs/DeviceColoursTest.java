package org.edgeld.workbench.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeviceColoursTest {
  @Test
  void aDeviceHasOneColourWhateverItsLetter() {
    assertThat(DeviceColours.of(List.of("a", "b", "c"), List.of("c", "a")))
        .containsExactly(List.of(0, 1, 2), List.of(2, 0));
    assertThat(DeviceColours.of(List.of("a", "b"), List.of("c", "d")))
        .as("other devices have the colours of their letters")
        .containsExactly(List.of(0, 1), List.of(0, 1));
    assertThat(DeviceColours.of(List.of("a", "b"), List.of("c", "a")))
        .containsExactly(List.of(0, 1), List.of(1, 0));
  }

  @Test
  void noTwoDevicesOfARunHaveTheSameColour() {
    Random random = new Random(3);
    List<String> all = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g"));
    for (int i = 0; i < 300; i++) {
      Collections.shuffle(all, random);
      List<String> first = List.copyOf(all.subList(0, 1 + random.nextInt(6)));
      Collections.shuffle(all, random);
      List<String> second = List.copyOf(all.subList(0, 1 + random.nextInt(6)));
      List<Integer> colours = DeviceColours.of(first, second).get(1);
      assertThat(colours).doesNotHaveDuplicates().hasSameSizeAs(second);
      for (int device = 0; device < second.size(); device++) {
        int before = first.indexOf(second.get(device));
        assertThat(colours.get(device)).isEqualTo(before < 0 ? colours.get(device) : before);
      }
    }
  }
}
