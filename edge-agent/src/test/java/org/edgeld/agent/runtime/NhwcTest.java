package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the place of every single element. */
class NhwcTest {
  static IntStream seeds() {
    return IntStream.range(0, 500);
  }

  /** Returns a range within a range, often all of it. */
  private static Range within(Range range, Random random) {
    if (random.nextBoolean()) {
      return range;
    }
    int start = range.start() + random.nextInt(range.size());
    return new Range(start, start + 1 + random.nextInt(range.end() - start));
  }

  private static Region within(Region region, Random random) {
    return new Region(
        within(region.channels(), random),
        within(region.rows(), random),
        within(region.columns(), random));
  }

  private static Region around(Region region, Random random) {
    return new Region(
        around(region.channels(), random),
        around(region.rows(), random),
        around(region.columns(), random));
  }

  private static Range around(Range range, Random random) {
    return new Range(
        Math.max(0, range.start() - random.nextInt(3)), range.end() + random.nextInt(3));
  }

  private static Region random(Random random) {
    int channel = random.nextInt(3);
    int row = random.nextInt(3);
    int column = random.nextInt(3);
    return new Region(
        new Range(channel, channel + 1 + random.nextInt(4)),
        new Range(row, row + 1 + random.nextInt(4)),
        new Range(column, column + 1 + random.nextInt(4)));
  }

  private interface Visitor {
    void element(int channel, int row, int column);
  }

  private static void each(Region region, Visitor visitor) {
    for (int row = region.rows().start(); row < region.rows().end(); row++) {
      for (int column = region.columns().start(); column < region.columns().end(); column++) {
        for (int c = region.channels().start(); c < region.channels().end(); c++) {
          visitor.element(c, row, column);
        }
      }
    }
  }

  private static int offset(Region whole, int channel, int row, int column) {
    int pixel =
        (row - whole.rows().start()) * whole.columns().size() + column - whole.columns().start();
    return Float.BYTES * (pixel * whole.channels().size() + channel - whole.channels().start());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void partIsInOnePieceExactlyWhenItsElementsFollowEachOther(int seed) {
    Random random = new Random(seed);
    Region whole = random(random);
    Region part = within(whole, random);
    TreeSet<Integer> offsets = new TreeSet<>();
    each(part, (c, row, column) -> offsets.add(offset(whole, c, row, column)));
    boolean following = offsets.last() - offsets.first() == part.bytes() - Float.BYTES;
    assertThat(Nhwc.inOnePiece(part, whole)).as("%s in %s", part, whole).isEqualTo(following);
    assertThat(Nhwc.offsetBytes(part, whole)).isEqualTo(offsets.first());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void copyMovesEveryElementToItsPlaceAndNothingElse(int seed) {
    Random random = new Random(seed);
    Region part = random(random);
    Region fromRegion = around(part, random);
    Region toRegion = around(part, random);
    ByteBuffer from = buffer(fromRegion);
    ByteBuffer to = buffer(toRegion);
    ByteBuffer expected = buffer(toRegion);
    each(
        fromRegion,
        (c, row, column) ->
            from.putFloat(offset(fromRegion, c, row, column), 1 + 100 * row + 10 * column + c));
    each(
        part,
        (c, row, column) ->
            expected.putFloat(offset(toRegion, c, row, column), 1 + 100 * row + 10 * column + c));
    Nhwc.copy(part, from, fromRegion, to, toRegion);
    assertThat(to).as("%s from %s to %s", part, fromRegion, toRegion).isEqualTo(expected);
  }

  private static ByteBuffer buffer(Region region) {
    return ByteBuffer.allocateDirect((int) region.bytes()).order(ByteOrder.nativeOrder());
  }
}
