package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Median and interval, against the tables of the binomial distribution. */
class EstimateTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "5, 3, 1, 5",
    "6, 3.5, 1, 6",
    "8, 4.5, 1, 8",
    "9, 5, 2, 8",
    "10, 5.5, 2, 9",
    "20, 10.5, 6, 15",
    "100, 50.5, 40, 61"
  })
  void intervalIsTheTablesOrderStatistics(int samples, double median, double low, double high) {
    Estimate estimate = Estimate.of(shuffledRanks(samples));

    assertThat(estimate.median()).isEqualTo(median);
    assertThat(estimate.low()).isEqualTo(low);
    assertThat(estimate.high()).isEqualTo(high);
  }

  @ParameterizedTest
  @CsvSource({"1000", "1060", "1074", "1080", "5000"})
  void intervalOfManySamplesIsThatOfTheNormalDistribution(int samples) {
    Estimate estimate = Estimate.of(shuffledRanks(samples));

    double half = 1.96 * Math.sqrt(samples) / 2;
    assertThat(estimate.low()).isCloseTo(samples / 2.0 + 0.5 - half, within(1.0));
    assertThat(estimate.high()).isCloseTo(samples / 2.0 + 0.5 + half, within(1.0));
  }

  @Test
  void samplesKeepTheirOrder() {
    List<Double> samples = List.of(3.0, 1.0, 2.0);

    assertThat(Estimate.of(samples).samplesMillis()).isEqualTo(samples);
  }

  private static List<Double> shuffledRanks(int samples) {
    List<Double> ranks =
        new ArrayList<>(IntStream.rangeClosed(1, samples).mapToObj(i -> (double) i).toList());
    Collections.shuffle(ranks, new Random(1));
    return ranks;
  }
}
