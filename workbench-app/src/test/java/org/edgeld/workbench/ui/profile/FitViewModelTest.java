package org.edgeld.workbench.ui.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgeld.workbench.ui.WorkbenchViewModel;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.QueuedExecutor;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.junit.jupiter.api.Test;

class FitViewModelTest {
  private final QueuedExecutor background = new QueuedExecutor();
  private final WorkbenchViewModel window =
      new WorkbenchViewModel(new UiFixture(Agents.cluster(3)).services(background), Runnable::run);
  private final FitViewModel model = new FitViewModel(window.shownProperty());

  @Test
  void anEstimateHasNoQuality() {
    background.runAll();
    assertThat(window.shownProperty().get().orElseThrow().estimated()).isTrue();
    assertThat(model.qualityProperty().getValue()).isEmpty();
  }

  @Test
  void measuredDevicesAreFittedAndTheWorstLayersNamed() {
    background.runAll();
    window.profile();
    background.runAll();
    FitViewModel.Quality quality = model.qualityProperty().getValue().orElseThrow();
    assertThat(quality.all()).matches("Median error [\\d.e-]+ %, \\d+ % within ±10 %");
    assertThat(quality.devices())
        .extracting(FitViewModel.DeviceLine::device)
        .containsExactly(0, 1, 2);
    assertThat(quality.worst()).hasSizeBetween(1, 6);
    FitViewModel.WorstLayer first = quality.worst().get(0);
    assertThat(first.error()).matches("[+-]\\d+ %");
    assertThat(first.times()).startsWith(first.layer() + " on ").contains(" takes ");
    assertThat(quality.chart().points()).isNotEmpty();
  }
}
