package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ScheduleTest {
  private static SweepSpec spec(long seed) {
    return Specs.sweep(
        List.of(1, 2, 3), List.of(10.0, 20.0, 50.0), List.of("ocbp", "equal", "bodp"), 4, seed);
  }

  @Test
  void everyTrialComesOnceAndBoardsAreSetUpOnce() {
    List<Trial> trials = Schedule.trials(spec(1));
    assertThat(trials).hasSize(4 * (27 + 3)).doesNotHaveDuplicates();
    assertThat(trials).extracting(Trial::id).doesNotHaveDuplicates();
    assertThat(Schedule.of(spec(1))).hasSize(3);
    for (Schedule.Block block : Schedule.of(spec(1))) {
      assertThat(block.trials()).allMatch(t -> t.configuration().boards().equals(block.boards()));
    }
  }

  @Test
  void everyRoundHasEveryConfigurationInAnOrderOfItsOwn() {
    for (Schedule.Block block : Schedule.of(spec(1))) {
      List<List<Integer>> orders = new java.util.ArrayList<>();
      for (int round = 0; round < 4; round++) {
        List<Trial> turn = block.trials().subList(10 * round, 10 * (round + 1));
        int expected = round;
        assertThat(turn).allMatch(trial -> trial.round() == expected);
        assertThat(turn).filteredOn(trial -> !trial.twin()).hasSize(9);
        assertThat(turn).filteredOn(Trial::twin).hasSize(1);
        orders.add(turn.stream().map(t -> t.configuration().number()).toList());
      }
      assertThat(orders).doesNotHaveDuplicates();
      assertThat(orders.get(0)).isNotEqualTo(orders.get(0).stream().sorted().toList());
    }
  }

  @Test
  void theSeedDecidesTheOrder() {
    assertThat(Schedule.trials(spec(1))).isEqualTo(Schedule.trials(spec(1)));
    assertThat(Schedule.trials(spec(1))).isNotEqualTo(Schedule.trials(spec(2)));
  }

  @Test
  void theTwinMeasuresAConfigurationThatIsMeasuredAnyway() {
    List<Configuration> all = spec(1).configurations();
    assertThat(Schedule.trials(spec(1)))
        .filteredOn(Trial::twin)
        .allMatch(trial -> all.contains(trial.configuration()))
        .allMatch(trial -> trial.configuration().devices() == 3);
  }
}
