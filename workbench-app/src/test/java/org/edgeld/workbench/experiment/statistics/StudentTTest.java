package org.edgeld.workbench.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class StudentTTest {
  /** As large as the error is said to be at most. */
  private static final double SHARE = 0.001;

  @ParameterizedTest
  @CsvSource({
    "1, 12.7062",
    "1.1, 10.2768",
    "1.5, 6.0167",
    "2, 4.3027",
    "2.5, 3.5747",
    "3, 3.1824",
    "4, 2.7764",
    "5, 2.5706",
    "9, 2.2622",
    "30, 2.0423",
    "40, 2.0211",
    "1000, 1.9623",
    "1000000, 1.9600"
  })
  void quantilesAreThoseOfTables(double degrees, double printed) {
    assertThat(StudentT.quantile(degrees)).isCloseTo(printed, within(SHARE * printed));
  }

  @Test
  void withoutDegreesOfFreedomThereIsNoQuantile() {
    assertThatThrownBy(() -> StudentT.quantile(0)).hasMessageContaining("0 degrees of freedom");
  }
}
