package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.edgeld.workbench.experiment.spec.Boards;
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
  void everyTrialComesOnceAndBoardsAreSetUpOnceARound() {
    List<Trial> trials = Schedule.trials(spec(1));
    assertThat(trials).hasSize(4 * (27 + 3)).doesNotHaveDuplicates();
    assertThat(trials).extracting(Trial::id).doesNotHaveDuplicates();
    List<Schedule.Block> blocks = Schedule.of(spec(1));
    assertThat(blocks).hasSize(4 * 3);
    for (int i = 0; i < blocks.size(); i++) {
      Schedule.Block block = blocks.get(i);
      int round = i / 3;
      assertThat(block.trials())
          .allMatch(t -> t.configuration().boards().equals(block.boards()) && t.round() == round);
    }
  }

  @Test
  void boardsComeInAnotherOrderInOtherRounds() {
    List<List<Boards>> orders = new ArrayList<>();
    List<Schedule.Block> blocks = Schedule.of(spec(1));
    for (int round = 0; round < 4; round++) {
      orders.add(
          blocks.subList(3 * round, 3 * round + 3).stream().map(Schedule.Block::boards).toList());
    }
    assertThat(orders).allSatisfy(order -> assertThat(order).doesNotHaveDuplicates());
    assertThat(new HashSet<>(orders)).hasSizeGreaterThan(1);
  }

  @Test
  void everyRoundHasEveryConfigurationInAnOrderOfItsOwn() {
    for (Boards boards : spec(1).boards()) {
      List<List<Integer>> orders = new ArrayList<>();
      for (Schedule.Block block : Schedule.of(spec(1))) {
        if (block.boards().equals(boards)) {
          assertThat(block.trials()).filteredOn(trial -> !trial.twin()).hasSize(9);
          assertThat(block.trials()).filteredOn(Trial::twin).hasSize(1);
          orders.add(block.trials().stream().map(t -> t.configuration().number()).toList());
        }
      }
      assertThat(orders).hasSize(4).doesNotHaveDuplicates();
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
