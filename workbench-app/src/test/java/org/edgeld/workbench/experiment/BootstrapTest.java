package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgeld.workbench.experiment.statistics.Bootstrap;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.experiment.statistics.Outliers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class BootstrapTest {
  /** Draws samples whose trials have offsets of their own. */
  private static List<double[]> draw(
      Random random, int trials, int frames, double centre, double between, double within) {
    List<double[]> all = new ArrayList<>();
    for (int t = 0; t < trials; t++) {
      double offset = between * random.nextGaussian();
      double[] samples = new double[frames];
      for (int i = 0; i < frames; i++) {
        samples[i] = centre + offset + within * random.nextGaussian();
      }
      all.add(samples);
    }
    return all;
  }

  @Test
  void theIntervalCoversTheTrueMedianAboutAsOftenAsItSays() {
    Random random = new Random(1);
    int covered = 0;
    for (int i = 0; i < 400; i++) {
      List<double[]> samples = draw(random, 1, 40, 100, 0, 5);
      covered += new Bootstrap(i).median(samples).contains(100) ? 1 : 0;
    }
    assertThat(covered / 400.0).isBetween(0.90, 0.99);
  }

  @Test
  void trialsThatDifferWidenTheInterval() {
    Random random = new Random(2);
    int covered = 0;
    int naive = 0;
    for (int i = 0; i < 300; i++) {
      List<double[]> samples = draw(random, 12, 10, 100, 5, 1);
      covered += new Bootstrap(i).median(samples).contains(100) ? 1 : 0;
      double[] pooled = samples.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
      naive += new Bootstrap(i).median(List.of(pooled)).contains(100) ? 1 : 0;
    }
    assertThat(covered / 300.0).isGreaterThan(0.85);
    assertThat(naive / 300.0).as("frames are not independent").isLessThan(0.75);
  }

  @Test
  void aRatioOfTurnsInTheSameTrialsDoesNotFeelWhatBothFeel() {
    List<double[]> above = new ArrayList<>();
    List<double[]> below = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      double drift = 1 + t; // the computer gets slower and slower
      above.add(new double[] {2 * drift, 2.02 * drift, 1.98 * drift});
      below.add(new double[] {drift, 1.01 * drift, 0.99 * drift});
    }
    Interval paired = new Bootstrap(1).pairedRatio(above, below);
    Interval unpaired = new Bootstrap(1).ratio(above, below);
    assertThat(paired.value()).isEqualTo(2.0);
    assertThat(paired.high() - paired.low()).isLessThan((unpaired.high() - unpaired.low()) / 2);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    List<double[]> samples = draw(new Random(4), 3, 7, 10, 1, 1);
    assertThat(new Bootstrap(7).median(samples)).isEqualTo(new Bootstrap(7).median(samples));
  }

  @Test
  void aSampleFarFromTheOthersIsMarkedAndAFewAreNot() {
    assertThat(Outliers.marks(List.of(10.0, 10.1, 9.9, 10.2, 30.0, 9.8)))
        .containsExactly(false, false, false, false, true, false);
    assertThat(Outliers.marks(List.of(10.0, 10.1, 9.9, 30.0))).containsOnly(false);
    assertThat(Outliers.marks(List.of(5.0, 5.0, 5.0, 5.0, 5.0))).containsOnly(false);
  }
}
