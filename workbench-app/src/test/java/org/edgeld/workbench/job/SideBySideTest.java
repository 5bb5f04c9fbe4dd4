package org.edgeld.workbench.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class SideBySideTest {
  /** What no caller expects. */
  private static final class Odd extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void resultsAreInTheOrderOfThePieces() {
    List<Supplier<Integer>> pieces =
        IntStream.range(0, 100).mapToObj(i -> (Supplier<Integer>) () -> i).toList();

    assertThat(SideBySide.all(pieces)).isEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void whoIsDoneFirstDoesNotCount() {
    CountDownLatch secondDone = new CountDownLatch(1);

    List<String> results =
        SideBySide.all(
            List.of(
                () -> {
                  await(secondDone);
                  return "first";
                },
                () -> {
                  secondDone.countDown();
                  return "second";
                }));

    assertThat(results).containsExactly("first", "second");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatAPieceThrowsReachesTheCaller() {
    for (int thrower = 0; thrower < 3; thrower++) {
      int odd = thrower;
      List<Supplier<Integer>> pieces =
          IntStream.range(0, 3)
              .mapToObj(
                  i ->
                      (Supplier<Integer>)
                          () -> {
                            if (i == odd) {
                              throw new Odd();
                            }
                            return i;
                          })
              .toList();

      assertThatThrownBy(() -> SideBySide.all(pieces)).isInstanceOf(Odd.class);
    }
  }

  @Test
  void piecesMayHavePiecesThemselves() {
    Supplier<Integer> sum =
        () ->
            SideBySide.all(List.<Supplier<Integer>>of(() -> 1, () -> 2)).stream()
                .mapToInt(i -> i)
                .sum();

    assertThat(SideBySide.all(List.of(sum, sum, sum))).containsExactly(3, 3, 3);
  }
}
