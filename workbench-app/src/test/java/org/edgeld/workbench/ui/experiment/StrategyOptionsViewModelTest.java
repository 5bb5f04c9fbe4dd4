package org.edgeld.workbench.ui.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.split.StrategyOption;
import org.junit.jupiter.api.Test;

class StrategyOptionsViewModelTest {
  private final SplitStrategies strategies = SplitStrategies.load();
  private final ExperimentViewModel experiment =
      new ExperimentViewModel(SampleModels.all(), strategies.all(), Scheme.all());
  private final StrategyOptionsViewModel options = experiment.strategyOptions();

  private SplitStrategy strategy(String id) {
    return strategies.all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private StrategyOption first(SplitStrategy strategy) {
    return strategy.options().get(0);
  }

  @Test
  void aChosenValueChangesTheExperimentOnce() {
    SplitStrategy manual = strategy("manual");
    experiment.strategyProperty().set(manual);
    List<ExperimentOptions> changes = new ArrayList<>();
    experiment.optionsProperty().addListener((o, was, is) -> changes.add(is));
    options.choose(manual, first(manual), " 2,1,1,1 ");
    options.choose(manual, first(manual), "2,1,1,1");
    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).method().options()).isEqualTo(Map.of("rows", "2,1,1,1"));
  }

  @Test
  void everyStrategyKeepsItsOwnWhileAnotherOneIsChosen() {
    SplitStrategy manual = strategy("manual");
    SplitStrategy neurosurgeon = strategy("neurosurgeon");
    experiment.strategyProperty().set(manual);
    options.choose(manual, first(manual), "2,1,1,1");
    experiment.strategyProperty().set(neurosurgeon);
    assertThat(experiment.optionsProperty().get().method().options()).isEmpty();
    options.choose(neurosurgeon, first(neurosurgeon), "input");
    experiment.strategyProperty().set(manual);
    assertThat(experiment.optionsProperty().get().method().options())
        .isEqualTo(Map.of("rows", "2,1,1,1"));
    assertThat(options.value(neurosurgeon, first(neurosurgeon))).isEqualTo("input");
  }

  @Test
  void anEmptiedFieldAndTheStandardValueLeaveTheStrategyAsItComes() {
    SplitStrategy manual = strategy("manual");
    for (String text : List.of("", "  ", first(manual).standard())) {
      options.choose(manual, first(manual), "2,1,1,1");
      options.choose(manual, first(manual), text);
      assertThat(options.of(manual)).as("after \"%s\"", text).isEmpty();
      assertThat(options.value(manual, first(manual))).isEqualTo(first(manual).standard());
    }
  }

  @Test
  void aSchemePlansWithStandardValues() {
    SplitStrategy paper = strategy(Scheme.EDGELD.strategy());
    options.replace(paper.id(), Map.of("depth", "3"));
    experiment.schemeProperty().set(Optional.of(Scheme.EDGELD));
    assertThat(experiment.optionsProperty().get().method().options()).isEmpty();
    assertThat(experiment.schemeProperty().get()).contains(Scheme.EDGELD);
  }
}
