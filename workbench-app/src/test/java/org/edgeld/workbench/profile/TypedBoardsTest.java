package org.edgeld.workbench.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.edgeld.workbench.fixture.SmallModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class TypedBoardsTest {
  private static final TypedBoards BENCH =
      new TypedBoards(" lab bench ", List.of("4xpi4:8:4:4000:50", "jetson:60::::100"), 940, 0.25);

  @Test
  void whatWasTypedIsKeptAsText() {
    assertThat(TypedBoards.parse(BENCH.text())).contains(BENCH);
    assertThat(BENCH.title()).isEqualTo("lab bench");
    assertThat(new TypedBoards("", BENCH.kinds(), 940, 0.25).title()).isEqualTo("4×pi4, jetson");
  }

  @Test
  void aTextThatIsDamagedIsNone() {
    for (int end = 0; end < BENCH.text().length(); end++) {
      String part = BENCH.text().substring(0, end);
      TypedBoards.parse(part).ifPresent(read -> assertThat(read.boards()).isNotEmpty());
    }
    assertThat(TypedBoards.parse("")).isEmpty();
    assertThat(TypedBoards.parse("a\nfast\n0\npi4:8")).isEmpty();
    assertThat(TypedBoards.parse("a\n1000\n0")).isEmpty();
  }

  @Test
  void everyNetworkHasAProfileOfThem() {
    for (int size : new int[] {32, 64}) {
      ClusterProfile profile = BENCH.profile(SmallModels.vgg16(size));
      assertThat(profile.size()).isEqualTo(5);
      assertThat(profile.links().get(0).get(1).roundTripNanos()).isEqualTo(500_000);
      assertThat(profile.links().get(0).get(1).bitsPerSecond()).isEqualTo(940e6);
      assertThat(profile.devices()).allMatch(d -> d.info().processor().equals("typed in"));
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedInASentence() {
    refused(List.of(), 1000, 0, "There is no board.");
    refused(List.of("pi4:8", "pi4:9"), 1000, 0, "Two boards are named pi4.");
    refused(List.of("pi4:8"), 0, 0, "The link rate (0 Mbit/s) is out of range.");
    refused(List.of("pi4:8"), 1000, -1, "The link delay (-1 ms) is out of range.");
  }

  private static void refused(List<String> kinds, double rate, double delay, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TypedBoards("", kinds, rate, delay))
        .withMessageStartingWith(words)
        .withMessageContaining("Maybe");
  }
}
