package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.edgeld.workbench.experiment.statistics.Bootstrap;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.experiment.statistics.Intervals;
import org.edgeld.workbench.experiment.statistics.NoiseFloor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often intervals hold what they are of, in simulated sweeps of known truth. */
@Tag("core")
class IntervalsTest {
  private static final int SWEEPS = 300;
  private static final double TRUTH = 100;

  /** Frames of a trial are off by this share, and so are trials, if not told otherwise. */
  private static final double NOISE = 0.03;

  /** Chance: three standard deviations of a count of 285 in 300 are 4 %. */
  private static final double LEAST_PERCENT = 91;

  /** Trials that differ more than their frames widen the bootstrap of six too little. */
  private static final double LEAST_PERCENT_OF_BOOTSTRAP = 86;

  /** Returns trials whose logarithms are off by normal shares. */
  private static List<double[]> sweep(
      Random random, int trials, int frames, double between, double within) {
    List<double[]> all = new ArrayList<>();
    for (int t = 0; t < trials; t++) {
      double trial = TRUTH * Math.exp(between * random.nextGaussian());
      double[] samples = new double[frames];
      for (int i = 0; i < frames; i++) {
        samples[i] = trial * Math.exp(within * random.nextGaussian());
      }
      all.add(samples);
    }
    return all;
  }

  /** Counts in how many of a hundred sweeps something holds. */
  private interface Sweep {
    boolean holds(Random random, Intervals intervals);
  }

  private static double percent(Sweep sweep) {
    Random random = new Random(1);
    int count = 0;
    for (int i = 0; i < SWEEPS; i++) {
      count += sweep.holds(random, new Intervals(i)) ? 1 : 0;
    }
    return 100.0 * count / SWEEPS;
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 3", "3, 10", "5, 10", "6, 10", "6, 1"})
  void theIntervalOfSeveralTrialsHoldsTheTrueMedian(int trials, int frames) {
    for (double between : new double[] {0, NOISE, 3 * NOISE}) {
      double percent =
          percent(
              (random, intervals) ->
                  intervals.median(sweep(random, trials, frames, between, NOISE)).contains(TRUTH));
      assertThat(percent)
          .as("%d × %d, trials differ by %s", trials, frames, between)
          .isGreaterThan(
              trials < Intervals.FEWEST_TO_RESAMPLE ? LEAST_PERCENT : LEAST_PERCENT_OF_BOOTSTRAP);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 6, 10})
  void theIntervalOfOneTrialHoldsThatTrialsMedian(int frames) {
    double own =
        percent((r, intervals) -> intervals.median(sweep(r, 1, frames, 0, NOISE)).contains(TRUTH));
    double all =
        percent(
            (r, intervals) -> intervals.median(sweep(r, 1, frames, NOISE, NOISE)).contains(TRUTH));
    assertThat(own).as("its own").isGreaterThan(LEAST_PERCENT - 2);
    assertThat(all).as("that of all trials, the less the more frames").isLessThan(own);
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "1, 10", "2, 3", "3, 10", "6, 10"})
  void theIntervalOfARatioHoldsTheTrueRatio(int trials, int frames) {
    double between = trials == 1 ? 0 : NOISE;
    double apart =
        percent(
            (r, intervals) ->
                intervals
                    .ratio(
                        sweep(r, trials, frames, between, NOISE),
                        sweep(r, trials, frames, between, NOISE))
                    .contains(1));
    double paired =
        percent(
            (r, intervals) -> {
              List<double[]> above = sweep(r, trials, frames, NOISE, NOISE);
              List<double[]> below = new ArrayList<>();
              for (double[] trial : above) {
                double[] other = trial.clone();
                for (int i = 0; i < other.length; i++) {
                  other[i] *= Math.exp(NOISE * r.nextGaussian()) / 2;
                }
                below.add(other);
              }
              return intervals.pairedRatio(above, below).contains(2);
            });
    double mean =
        percent(
            (r, intervals) -> {
              List<List<double[]>> above = new ArrayList<>();
              List<List<double[]>> below = new ArrayList<>();
              for (int i = 0; i < 4; i++) {
                above.add(sweep(r, trials, frames, between, NOISE));
                below.add(sweep(r, trials, frames, between, NOISE));
              }
              return intervals.meanRatio(above, below).contains(1);
            });
    assertThat(List.of(apart, paired, mean)).allMatch(percent -> percent > LEAST_PERCENT);
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 3", "3, 10", "5, 10"})
  void theIntervalOfARatioHoldsItThoughOneIsMuchNoisier(int trials, int frames) {
    double loud = 3 * NOISE;
    double quiet = NOISE / 3;
    double between = trials == 1 ? 0 : 1;
    for (double[] noise : new double[][] {{loud, quiet}, {quiet, loud}}) {
      double ratio =
          percent(
              (r, intervals) ->
                  intervals
                      .ratio(
                          sweep(r, trials, frames, between * noise[0], noise[0]),
                          sweep(r, trials, frames, between * noise[1], noise[1]))
                      .contains(1));
      double mean =
          percent(
              (r, intervals) -> {
                List<List<double[]>> above = new ArrayList<>();
                List<List<double[]>> below = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                  double own = i == 0 ? noise[0] : quiet;
                  above.add(sweep(r, trials, frames, between * own, own));
                  below.add(sweep(r, trials, frames, between * noise[1], noise[1]));
                }
                return intervals.meanRatio(above, below).contains(1);
              });
      assertThat(List.of(ratio, mean)).allMatch(percent -> percent > LEAST_PERCENT);
    }
  }

  @Test
  void aMeanOfRatiosIsTheSameInAnyOrderOfPairs() {
    Random random = new Random(1);
    List<List<double[]>> above = new ArrayList<>();
    List<List<double[]>> below = new ArrayList<>();
    for (int trials : new int[] {2, 3, 2, 5, 3}) {
      above.add(sweep(random, trials, 3, NOISE * trials, NOISE));
      below.add(sweep(random, trials, 3, NOISE, NOISE));
    }
    Interval first = new Intervals(1).meanRatio(above, below);
    Collections.rotate(above, 2);
    Collections.rotate(below, 2);
    Interval second = new Intervals(1).meanRatio(above, below);
    assertThat(second.low()).isCloseTo(first.low(), within(1e-9));
    assertThat(second.high()).isCloseTo(first.high(), within(1e-9));
  }

  @Test
  void aBootstrapOfThreeTrialsWouldHoldItTooSeldom() {
    Random random = new Random(1);
    int count = 0;
    for (int i = 0; i < SWEEPS; i++) {
      count += new Bootstrap(i).median(sweep(random, 3, 10, NOISE, NOISE)).contains(TRUTH) ? 1 : 0;
    }
    assertThat(100.0 * count / SWEEPS).isBetween(65.0, 85.0);
  }

  @Test
  void aSingleSampleHasNoInterval() {
    List<double[]> one = List.of(new double[] {12});
    for (Interval interval :
        List.of(
            new Intervals(1).median(one),
            new Intervals(1).ratio(one, one),
            new Intervals(1).pairedRatio(one, one),
            new Intervals(1).meanRatio(List.of(one), List.of(one)))) {
      assertThat(interval.known()).isFalse();
      assertThat(interval.contains(1e9)).as("so no difference is beyond it").isTrue();
    }
    assertThat(new Intervals(1).median(one).value()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "3, 1", "3, 3", "8, 1"})
  void equalConfigurationsPassTheNoiseFloorInFiveOfAHundredSweeps(int twins, int rounds) {
    double percent =
        percent(
            (random, intervals) -> {
              List<List<Double>> same = new ArrayList<>();
              for (int i = 0; i < twins * rounds; i++) {
                same.add(List.of(trial(random), trial(random)));
              }
              double floor = NoiseFloor.of(same).orElseThrow().share(rounds);
              double ratio =
                  intervals
                      .ratio(sweep(random, rounds, 1, NOISE, 0), sweep(random, rounds, 1, NOISE, 0))
                      .value();
              return NoiseFloor.size(ratio - 1) > floor;
            });
    assertThat(percent).isBetween(1.0, 9.0);
  }

  private static double trial(Random random) {
    return TRUTH * Math.exp(NOISE * random.nextGaussian());
  }

  @Test
  void theNoiseFloorIsTheSameWhicheverIsTheFirst() {
    NoiseFloor one = NoiseFloor.of(List.of(List.of(87.0, 100.0))).orElseThrow();
    NoiseFloor other = NoiseFloor.of(List.of(List.of(100.0, 87.0))).orElseThrow();
    assertThat(one.share(1)).isCloseTo(other.share(1), within(1e-12));
    assertThat(one.degrees()).isEqualTo(1);
    assertThat(NoiseFloor.size(0.87 - 1)).isCloseTo(1 / 0.87 - 1, within(1e-12));
    assertThat(NoiseFloor.size(1 / 0.87 - 1)).isCloseTo(1 / 0.87 - 1, within(1e-12));
    assertThat(NoiseFloor.of(List.of(List.of(1.0), List.of(2.0)))).isEmpty();
  }
}
