package org.edgeld.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every pair of small ranges against sets of integers. */
class RangeTest {
  private static final int LIMIT = 6;

  private interface Check {
    void accept(Range a, Range b);
  }

  private static void forAllPairs(Check check) {
    for (int a = 0; a < LIMIT; a++) {
      for (int b = a; b < LIMIT; b++) {
        for (int c = 0; c < LIMIT; c++) {
          for (int d = c; d < LIMIT; d++) {
            check.accept(new Range(a, b), new Range(c, d));
          }
        }
      }
    }
  }

  private static Set<Integer> set(Range range) {
    return IntStream.range(range.start(), range.end())
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void intersectionsAreThoseOfSets() {
    forAllPairs(
        (a, b) -> {
          Set<Integer> expected = set(a);
          expected.retainAll(set(b));
          assertThat(set(a.intersect(b))).as("%s and %s", a, b).isEqualTo(expected);
        });
  }

  @Test
  void differencesAreThoseOfSetsInAscendingPieces() {
    forAllPairs(
        (a, b) -> {
          Set<Integer> expected = set(a);
          expected.removeAll(set(b));
          Set<Integer> actual = new TreeSet<>();
          int before = -1;
          for (Range piece : a.minus(b)) {
            assertThat(piece.isEmpty()).isFalse();
            assertThat(piece.start()).isGreaterThan(before);
            before = piece.end();
            actual.addAll(set(piece));
          }
          assertThat(actual).as("%s minus %s", a, b).isEqualTo(expected);
        });
  }

  @Test
  void theHullIsTheSmallestRangeWithBoth() {
    forAllPairs(
        (a, b) -> {
          TreeSet<Integer> both = new TreeSet<>(set(a));
          both.addAll(set(b));
          Set<Integer> expected =
              both.isEmpty() ? both : set(new Range(both.first(), both.last() + 1));
          assertThat(set(a.hull(b))).as("hull of %s and %s", a, b).isEqualTo(expected);
        });
  }

  @Test
  void containmentIsThatOfSets() {
    forAllPairs(
        (a, b) ->
            assertThat(a.contains(b))
                .as("%s contains %s", a, b)
                .isEqualTo(set(a).containsAll(set(b))));
  }

  @Test
  void impossibleRangesAreRefused() {
    assertThatThrownBy(() -> new Range(3, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Range(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Range.upTo(4)).isEqualTo(new Range(0, 4));
  }
}
