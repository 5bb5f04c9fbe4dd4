package org.edgeld.workbench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class SharedLinksTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int D = 3;
  private static final int DEVICES = 4;
  private static final double ROUNDING = 1e-6;

  /** A slice that is sent at a time. */
  private record Sent(double nanos, int from, int to, double work) {}

  /** When a slice began and ended. */
  private record Under(double start, double end) {}

  private static Sent at(double nanos, int from, int to, double work) {
    return new Sent(nanos, from, to, work);
  }

  /** Returns when each slice is under way; slices are given in the order of time. */
  private static Under[] play(List<Sent> sent) {
    SharedLinks links = new SharedLinks(InterfaceRates.equal(DEVICES));
    Under[] under = new Under[sent.size()];
    List<Integer> indices = new ArrayList<>();
    SharedLinks.Listener listener =
        (slice, start, end) -> under[indices.get(slice)] = new Under(start, end);
    for (int i = 0; i < sent.size(); i++) {
      Sent next = sent.get(i);
      while (links.nextNanos() < next.nanos()) {
        links.endNext(listener);
      }
      int slice = links.send(next.nanos(), next.from(), next.to(), next.work());
      while (indices.size() <= slice) {
        indices.add(-1);
      }
      indices.set(slice, i);
    }
    while (links.nextNanos() < Double.POSITIVE_INFINITY) {
      links.endNext(listener);
    }
    return under;
  }

  private static double[] ends(Sent... sent) {
    return Arrays.stream(play(List.of(sent))).mapToDouble(Under::end).toArray();
  }

  @Test
  void aSliceAloneTakesItsTime() {
    assertThat(play(List.of(at(5, A, B, 10)))).containsExactly(new Under(5, 15));
  }

  @Test
  void slicesToThreeDevicesArriveTogether() {
    assertThat(ends(at(0, A, B, 12), at(0, A, C, 12), at(0, A, D, 12)))
        .containsExactly(new double[] {36, 36, 36}, within(ROUNDING));
  }

  @Test
  void theShorterOfSlicesThatShareIsOverFirst() {
    assertThat(ends(at(0, A, B, 1), at(0, A, C, 2), at(0, A, D, 3)))
        .containsExactly(new double[] {3, 5, 6}, within(ROUNDING));
  }

  @Test
  void twoSendersShareAReceiver() {
    // alone until 4, then half each
    assertThat(ends(at(0, A, C, 10), at(4, B, C, 3)))
        .containsExactly(new double[] {13, 10}, within(ROUNDING));
  }

  @Test
  void bothDirectionsOfAnInterfaceAreFree() {
    assertThat(ends(at(0, A, B, 10), at(0, B, A, 7)))
        .containsExactly(new double[] {10, 7}, within(ROUNDING));
  }

  @Test
  void whatOthersCannotUseIsDividedFairly() {
    // three slices leave A, so one third each; that leaves two thirds of D's interface to B's
    assertThat(ends(at(0, A, B, 10), at(0, A, C, 10), at(0, A, D, 10), at(0, B, D, 10)))
        .containsExactly(new double[] {30, 30, 30, 15}, within(ROUNDING));
  }

  @Test
  void slicesOfOnePairFollowEachOther() {
    Under[] under = play(List.of(at(0, A, B, 10), at(0, A, B, 5), at(2, A, C, 20)));
    // A's interface is shared by the pairs, not by the slices
    assertThat(under[0].end()).isCloseTo(18, within(ROUNDING));
    assertThat(under[1].start()).isCloseTo(18, within(ROUNDING));
    assertThat(under[1].end()).isCloseTo(28, within(ROUNDING));
    assertThat(under[2].end()).isCloseTo(35, within(ROUNDING));
  }

  @Test
  void aSliceThatTakesNoTimeIsOverAtOnce() {
    assertThat(ends(at(0, A, B, 10), at(3, A, C, 0)))
        .containsExactly(new double[] {10, 3}, within(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void noInterfaceDoesMoreThanItCanAndNoneIdlesWhileItIsNeeded(int seed) {
    Random random = new Random(seed);
    List<Sent> sent = new ArrayList<>();
    double now = 0;
    for (int i = 0; i < 60; i++) {
      now += random.nextInt(3) == 0 ? random.nextInt(40) : 0;
      int from = random.nextInt(DEVICES);
      int to = (from + 1 + random.nextInt(DEVICES - 1)) % DEVICES;
      sent.add(at(now, from, to, 1 + random.nextInt(30)));
    }
    Under[] under = play(sent);
    double last = 0;
    double[] pairs = new double[DEVICES * DEVICES];
    for (int i = 0; i < under.length; i++) {
      Sent slice = sent.get(i);
      int pair = slice.from() * DEVICES + slice.to();
      assertThat(under[i].end() - under[i].start()).isGreaterThanOrEqualTo(slice.work() - ROUNDING);
      assertThat(under[i].start())
          .as("a pair's slices follow each other at once")
          .isCloseTo(Math.max(slice.nanos(), pairs[pair]), within(ROUNDING));
      pairs[pair] = under[i].end();
      last = Math.max(last, under[i].end());
    }
    // whatever the span, an interface did in it at most all that lies within, and no more than fits
    for (double start = 0; start < last; start += 13) {
      for (double end = start + 7; end < last + 7; end += 13) {
        double[] busy = new double[2 * DEVICES];
        for (int i = 0; i < under.length; i++) {
          if (under[i].start() >= start && under[i].end() <= end) {
            busy[sent.get(i).from()] += sent.get(i).work();
            busy[DEVICES + sent.get(i).to()] += sent.get(i).work();
          }
        }
        for (double line : busy) {
          assertThat(line).isLessThanOrEqualTo(end - start + ROUNDING);
        }
      }
    }
    // while something is under way, some interface of it is used up, so all ends by the sum of work
    double most = now + sent.stream().mapToDouble(Sent::work).sum();
    assertThat(last).isLessThanOrEqualTo(most + ROUNDING);
  }
}
