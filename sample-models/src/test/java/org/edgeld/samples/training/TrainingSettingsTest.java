package org.edgeld.samples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
  private final TrainingSettings settings = new TrainingSettings(1, 1, 0.002, 0, 1);

  @Test
  void learningRateRisesToItsPeakThenFallsToNothing() {
    assertThat(settings.learningRate(0, 1000)).isPositive().isLessThan(0.0003f);
    assertThat(settings.learningRate(100, 1000)).isEqualTo(0.002f, within(1e-9f));
    assertThat(settings.learningRate(550, 1000)).isEqualTo(0.001f, within(1e-6f));
    assertThat(settings.learningRate(1000, 1000)).isEqualTo(0f, within(1e-9f));
    for (int step = 1; step <= 1000; step++) {
      float change = settings.learningRate(step, 1000) - settings.learningRate(step - 1, 1000);
      assertThat(step <= 100 ? change : -change).as("step %d", step).isPositive();
    }
  }
}
