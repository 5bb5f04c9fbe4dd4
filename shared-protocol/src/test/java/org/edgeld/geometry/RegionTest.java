package org.edgeld.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgeld.model.TensorShape;
import org.junit.jupiter.api.Test;

class RegionTest {
  private static final TensorShape SHAPE = new TensorShape(4, 5, 6);

  private static Range range(Random random, int size) {
    int start = random.nextInt(size + 1);
    return new Range(start, start + random.nextInt(size - start + 1));
  }

  private static Region region(Random random) {
    return new Region(
        range(random, SHAPE.channels()),
        range(random, SHAPE.height()),
        range(random, SHAPE.width()));
  }

  private static Region point(int c, int y, int x) {
    return new Region(new Range(c, c + 1), new Range(y, y + 1), new Range(x, x + 1));
  }

  private static List<Region> points() {
    List<Region> points = new ArrayList<>();
    for (int c = 0; c < SHAPE.channels(); c++) {
      for (int y = 0; y < SHAPE.height(); y++) {
        for (int x = 0; x < SHAPE.width(); x++) {
          points.add(point(c, y, x));
        }
      }
    }
    return points;
  }

  @Test
  void whatIsLeftIsDisjointAndCoversTheDifference() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      Region region = region(random);
      List<Region> others = List.of(region(random), region(random));
      List<Region> pieces = region.minus(others);
      for (Region point : points()) {
        boolean expected =
            region.contains(point) && others.stream().noneMatch(other -> other.contains(point));
        assertThat(pieces.stream().filter(piece -> piece.contains(point)).count())
            .isEqualTo(expected ? 1 : 0);
      }
    }
  }

  @Test
  void intersectionAndHullHoldWhatTheyMust() {
    Random random = new Random(2);
    for (int round = 0; round < 500; round++) {
      Region a = region(random);
      Region b = region(random);
      for (Region point : points()) {
        boolean both = a.contains(point) && b.contains(point);
        assertThat(a.intersect(b).contains(point)).isEqualTo(both);
        if (a.contains(point) || b.contains(point)) {
          assertThat(a.hull(b).contains(point)).isTrue();
        }
      }
      assertThat(a.hull(Region.EMPTY)).isEqualTo(a.isEmpty() ? Region.EMPTY : a);
    }
  }

  @Test
  void fullRowsAreThoseThatLieInOnePiece() {
    assertThat(Region.rows(SHAPE, new Range(1, 3)).isFullRows(SHAPE)).isTrue();
    assertThat(Region.channels(SHAPE, new Range(0, 3)).isFullRows(SHAPE)).isFalse();
  }
}
