package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class TileRunsTest {
  @Test
  void noOtherRunsInTheOrderOfTheDevicesAreBetter() {
    Random random = new Random(3);
    for (int trial = 0; trial < 300; trial++) {
      double[][] times = new double[1 + random.nextInt(4)][1 + random.nextInt(7)];
      for (double[] device : times) {
        for (int tile = 0; tile < device.length; tile++) {
          device[tile] = 1 + random.nextInt(20);
        }
      }
      TileRuns runs = TileRuns.of(times);
      assertThat(runs.owners()).hasSize(times[0].length).isSorted();
      assertThat(runs.nanos()).isEqualTo(slowest(times, runs)).isEqualTo(best(times, 0, 0));
    }
  }

  @Test
  void aDeviceThreeTimesAsFastGetsThreeTimesAsManyTiles() {
    double[][] times = {{3, 3, 3, 3, 3, 3, 3, 3}, {1, 1, 1, 1, 1, 1, 1, 1}};
    assertThat(TileRuns.of(times).owners()).containsExactly(0, 0, 1, 1, 1, 1, 1, 1);
  }

  private static double slowest(double[][] times, TileRuns runs) {
    double[] done = new double[times.length];
    for (int tile = 0; tile < runs.owners().size(); tile++) {
      int owner = runs.owners().get(tile);
      done[owner] += times[owner][tile];
    }
    double slowest = 0;
    for (double nanos : done) {
      slowest = Math.max(slowest, nanos);
    }
    return slowest;
  }

  /** Tries every end of the run of a device and what is best behind it. */
  private static double best(double[][] times, int device, int start) {
    int tiles = times[0].length;
    if (device == times.length) {
      return start == tiles ? 0 : Double.POSITIVE_INFINITY;
    }
    double best = Double.POSITIVE_INFINITY;
    double own = 0;
    for (int end = start; end <= tiles; end++) {
      best = Math.min(best, Math.max(own, best(times, device + 1, end)));
      own += end < tiles ? times[device][end] : 0;
    }
    return best;
  }
}
