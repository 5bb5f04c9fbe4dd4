package org.edgeld.workbench.ui.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.program.Precision;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.split.SplitStrategies;
import org.junit.jupiter.api.Test;

class ExperimentViewModelTest {
  private final ExperimentViewModel model =
      new ExperimentViewModel(SampleModels.all(), SplitStrategies.load().all(), Scheme.all());

  @Test
  void startsWithVgg16AtItsUsualSize() {
    ExperimentOptions options = model.optionsProperty().get();
    assertThat(options.model().id()).isEqualTo("vgg16");
    assertThat(options.inputSize()).isEqualTo(224);
    assertThat(options.method().strategy()).isEqualTo("ocbp");
    assertThat(options.method().fusion()).isEqualTo("between-pools");
  }

  @Test
  void aSchemeSetsEverythingInOneChange() {
    List<ExperimentOptions> changes = new ArrayList<>();
    model.optionsProperty().addListener((o, was, is) -> changes.add(is));
    model.schemeProperty().set(Optional.of(Scheme.EDGELD));
    assertThat(changes).hasSize(1);
    ExperimentOptions options = changes.get(0);
    assertThat(options.method().strategy()).isEqualTo("ocbp-paper");
    assertThat(options.method().routing()).isEqualTo(Routing.HEAD);
    assertThat(options.method().headRole()).isEqualTo(HeadRole.LEADER);
    assertThat(options.method().poolsOnHead()).isTrue();
  }

  @Test
  void changingOneChoiceLeavesTheScheme() {
    model.schemeProperty().set(Optional.of(Scheme.EDGELD));
    model.routingProperty().set(Routing.PEER);
    assertThat(model.schemeProperty().get()).isEmpty();
    assertThat(model.optionsProperty().get().method().poolsOnHead()).isFalse();
    assertThat(model.optionsProperty().get().method().strategy()).isEqualTo("ocbp-paper");
  }

  @Test
  void theDepthCountsOnlyWhenFusingByDepth() {
    model.depthProperty().set(5);
    assertThat(model.optionsProperty().get().method().fusion()).isEqualTo("between-pools");
    model.fusionProperty().set(FusionKind.DEPTH);
    assertThat(model.optionsProperty().get().method().fusion()).isEqualTo("5");
  }

  @Test
  void impossibleInputSizesAreRefusedWithASentence() {
    assertThat(model.chooseInputSize("many"))
        .contains("The input size (many) is not a number. Maybe use 224.");
    assertThat(model.chooseInputSize("3")).isPresent();
    assertThat(model.optionsProperty().get().inputSize()).isEqualTo(224);
    assertThat(model.chooseInputSize("96")).isEmpty();
    assertThat(model.optionsProperty().get().inputSize()).isEqualTo(96);
  }

  @Test
  void howSlicesTravelLeavesTheScheme() {
    model.schemeProperty().set(Optional.of(Scheme.EDGELD));
    model.precisionProperty().set(Precision.INT8);
    assertThat(model.schemeProperty().get()).contains(Scheme.EDGELD);
    assertThat(model.optionsProperty().get().method().precision()).isEqualTo(Precision.INT8);
    assertThat(model.optionsProperty().get().method().poolsOnHead()).isTrue();
  }
}
