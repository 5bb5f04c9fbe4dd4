package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class MinMaxCutTest {
  /** Times drawn at random, or nearly in proportion to a worker's speed and rows. */
  private record Drawn(double[][][] nanos) implements MinMaxCut.Time {
    static Drawn of(Random random, int workers, int parts, boolean proportional) {
      double[][][] nanos = new double[workers][parts + 1][parts + 1];
      for (double[][] ofWorker : nanos) {
        int slowness = 1 + random.nextInt(30);
        for (int start = 0; start <= parts; start++) {
          for (int end = start + 1; end <= parts; end++) {
            ofWorker[start][end] =
                proportional
                    ? slowness * (end - start) + random.nextInt(20)
                    : 1 + random.nextInt(50);
          }
        }
      }
      return new Drawn(nanos);
    }

    @Override
    public double nanos(int worker, int start, int end) {
      return nanos[worker][start][end];
    }

    @Override
    public double atLeast(int worker, int start, int end) {
      double least = Double.POSITIVE_INFINITY;
      for (int earlier = 0; earlier <= start; earlier++) {
        for (int later = end; later < nanos[worker].length; later++) {
          least = Math.min(least, nanos[worker][earlier][later]);
        }
      }
      return least;
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void noOtherBoundariesAndNoOtherOrderAreBetter(boolean anyOrder, boolean proportional) {
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      int workers = 1 + random.nextInt(4);
      int parts = 1 + random.nextInt(7);
      Drawn time = Drawn.of(random, workers, parts, proportional);
      double[][][] nanos = time.nanos();
      int[][] cut = MinMaxCut.of(parts, workers, anyOrder, time);
      int covered = 0;
      double slowest = 0;
      for (int worker = 0; worker < workers; worker++) {
        covered += cut[worker][1] - cut[worker][0];
        if (cut[worker][0] < cut[worker][1]) {
          slowest = Math.max(slowest, nanos[worker][cut[worker][0]][cut[worker][1]]);
        }
      }
      assertThat(covered).isEqualTo(parts);
      assertThat(slowest)
          .as("trial %d", trial)
          .isEqualTo(least(nanos, parts, 0, new boolean[workers], anyOrder));
    }
  }

  /** Tries everything: who comes next, and how far. */
  private static double least(
      double[][][] nanos, int parts, int start, boolean[] used, boolean anyOrder) {
    if (start == parts) {
      return 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int worker = 0; worker < used.length; worker++) {
      boolean passed = used[worker];
      for (int later = worker; !anyOrder && later < used.length; later++) {
        passed |= used[later];
      }
      for (int end = start + 1; !passed && end <= parts; end++) {
        used[worker] = true;
        double rest = least(nanos, parts, end, used, anyOrder);
        used[worker] = false;
        best = Math.min(best, Math.max(nanos[worker][start][end], rest));
      }
    }
    return best;
  }
}
