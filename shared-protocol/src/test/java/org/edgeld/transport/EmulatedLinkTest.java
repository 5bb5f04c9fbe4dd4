package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The schedule alone, with a clock that the test moves. */
class EmulatedLinkTest {
  private static final long GIGABIT = 1_000_000_000;
  private static final long HUNDRED_MEGABIT = 100_000_000;

  @Test
  void aPieceTakesItsBitsOverTheRate() {
    EmulatedLink link = new EmulatedLink(GIGABIT, 0);
    assertThat(link.depart(12_500, 1000, 1000)).isEqualTo(1000 + 100_000);
  }

  @Test
  void piecesFollowEachOtherWithoutGapsHoweverLateTheThread() {
    EmulatedLink link = new EmulatedLink(GIGABIT, 0);
    Random random = new Random(1);
    long departed = 0;
    for (int i = 0; i < 1000; i++) {
      long late = random.nextInt(400_000);
      departed = link.depart(link.pieceBytes(), departed, departed + late);
    }
    assertThat(departed).isCloseTo(1000L * 500_000, within(1000L));
  }

  @Test
  void theRateIsKeptWithinOnePercentForAnyLengths() {
    for (long rate :
        new long[] {1_000_000, 3_333_333, HUNDRED_MEGABIT, 941_000_000, 10 * GIGABIT}) {
      EmulatedLink link = new EmulatedLink(rate, 0);
      Random random = new Random(rate);
      long bytes = 0;
      long departed = 0;
      for (int i = 0; i < 10_000; i++) {
        int piece = 1 + random.nextInt(link.pieceBytes());
        departed = link.depart(piece, departed, departed);
        bytes += piece;
      }
      double expected = bytes * 8e9 / rate;
      assertThat((double) departed).isCloseTo(expected, within(expected * 0.001));
    }
  }

  @Test
  void idleTimeGivesNoCredit() {
    EmulatedLink link = new EmulatedLink(GIGABIT, 0);
    link.depart(link.pieceBytes(), 0, 0);
    long now = 1_000_000_000;
    assertThat(link.depart(link.pieceBytes(), now, now)).isEqualTo(now + 500_000);
    assertThat(link.depart(link.pieceBytes(), now, now)).isEqualTo(now + 1_000_000);
  }

  @Test
  void catchingUpIsBounded() {
    EmulatedLink link = new EmulatedLink(GIGABIT, 0);
    long departed = link.depart(link.pieceBytes(), 0, 0);
    long now = departed + 100_000_000;
    assertThat(link.depart(link.pieceBytes(), departed, now))
        .isEqualTo(now - link.slackNanos() + 500_000);
    assertThat(link.slackNanos()).isEqualTo(1_000_000);
    assertThat(new EmulatedLink(HUNDRED_MEGABIT, 0).slackNanos()).isEqualTo(5_000_000);
    assertThat(new EmulatedLink(1_000_000, 0).slackNanos()).isEqualTo(2048 * 8 * 1000);
  }

  @Test
  void twoSendersShareTheRate() {
    EmulatedLink link = new EmulatedLink(GIGABIT, 0);
    long a = 0;
    long b = 0;
    for (int i = 0; i < 100; i++) {
      a = link.depart(link.pieceBytes(), a, a);
      b = link.depart(link.pieceBytes(), b, b);
    }
    assertThat(b).isEqualTo(200 * 500_000L);
    assertThat(b - a).isEqualTo(500_000);
  }

  @Test
  void whatComesAtTheRateOrSlowerPassesAtOnce() {
    EmulatedLink link = new EmulatedLink(GIGABIT, 0);
    long passed = 0;
    for (int i = 1; i <= 100; i++) {
      long now = i * 500_000L;
      passed = link.arrive(link.pieceBytes(), i == 1 ? now : passed, now);
      assertThat(passed).isEqualTo(now);
    }
  }

  @Test
  void whatComesFasterIsHeldBackToTheRate() {
    EmulatedLink link = new EmulatedLink(GIGABIT, 0);
    long passed = 0;
    for (int i = 0; i < 100; i++) {
      passed = link.arrive(link.pieceBytes(), i == 0 ? 0 : passed, Math.max(0, passed));
    }
    // the first piece may have begun to come before it was seen
    assertThat(passed).isEqualTo(99 * 500_000L);
  }

  @Test
  void aReaderThatIsLateDoesNotSlowTheLinkDown() {
    EmulatedLink link = new EmulatedLink(GIGABIT, 0);
    Random random = new Random(2);
    long passed = 0;
    for (int i = 1; i <= 1000; i++) {
      long now = i * 500_000L + random.nextInt(900_000);
      passed = link.arrive(link.pieceBytes(), i == 1 ? now : passed, Math.max(now, passed));
    }
    assertThat(passed).isCloseTo(1000 * 500_000L, within(1_000_000L));
  }

  @Test
  void directionsAreIndependent() {
    EmulatedLink link = new EmulatedLink(GIGABIT, 0);
    link.depart(1_000_000, 0, 0);
    assertThat(link.arrive(12_500, 200_000, 200_000)).isEqualTo(200_000);
  }

  @Test
  void piecesAreHalfAMillisecondWithinLimits() {
    assertThat(new EmulatedLink(GIGABIT, 0).pieceBytes()).isEqualTo(62_500);
    assertThat(new EmulatedLink(HUNDRED_MEGABIT, 0).pieceBytes()).isEqualTo(6250);
    assertThat(new EmulatedLink(10 * GIGABIT, 0).pieceBytes()).isEqualTo(64 * 1024);
    assertThat(new EmulatedLink(1_000_000, 0).pieceBytes()).isEqualTo(2 * 1024);
  }

  @Test
  void withoutARateOnlyTheDelayIsLeft() {
    EmulatedLink link = new EmulatedLink(0, 5_000_000);
    assertThat(link.delayNanos()).isEqualTo(5_000_000);
    assertThat(link.depart(1_000_000, 7, 7)).isEqualTo(7);
    assertThat(link.arrive(1_000_000, 7, 7)).isEqualTo(7);
  }

  @Test
  void impossibleLinksAreRefused() {
    assertThatThrownBy(() -> new EmulatedLink(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EmulatedLink(1, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
