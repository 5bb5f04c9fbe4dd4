package org.edgeld.workbench.experiment.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class PaperValuesTest {
  @Test
  void theMedianGainOfSixteenCellsIsTheMeanOfTheTwoInTheMiddle() {
    // the eighth and the ninth of 16 are 1.0757 and 1.0995
    assertThat(PaperValues.gains(4)).hasSize(16);
    assertThat(PaperValues.schemeEffect()).isCloseTo(0.0876, within(5e-5));
  }
}
