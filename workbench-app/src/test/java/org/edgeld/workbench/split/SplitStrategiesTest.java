package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Plan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class SplitStrategiesTest {
  private static final SplitStrategies STRATEGIES =
      new SplitStrategies(List.of(new WithOptions(), new EqualSplit()));

  /** A strategy of which everything may be chosen that can be. */
  private static final class WithOptions implements SplitStrategy {
    @Override
    public String id() {
      return "optional";
    }

    @Override
    public String title() {
      return "Optional";
    }

    @Override
    public String explanation() {
      return "Does nothing.";
    }

    @Override
    public List<StrategyOption> options() {
      return List.of(
          new StrategyOption(
              "overlap", "", "", "reuse", new StrategyOption.OneOf(List.of("reuse", "recompute"))),
          new StrategyOption("depth", "", "", "3", new StrategyOption.WholeNumber(1, 8)),
          new StrategyOption("grid", "", "", "auto", new StrategyOption.Text("2x2 or auto")));
    }

    @Override
    public Plan plan(PlanContext context) {
      throw new UnsupportedOperationException("Only options are asked for.");
    }
  }

  private static void assertRefused(String strategy, String name, String value, String sentence) {
    assertThatThrownBy(() -> STRATEGIES.find(strategy, Map.of(name, value)))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage(sentence);
  }

  @Test
  void allowedOptionsAreTaken() throws Exception {
    Map<String, String> options = Map.of("overlap", "recompute", "depth", "8", "grid", "2x2");
    assertThat(STRATEGIES.find("optional", options).id()).isEqualTo("optional");
    assertThat(STRATEGIES.find("equal", Map.of()).id()).isEqualTo("equal");
  }

  @Test
  void otherOptionsAreRefusedInOneSentence() {
    assertRefused(
        "equal",
        "grid",
        "2x2",
        "The strategy equal has no options, but grid was given. Maybe leave it out.");
    assertRefused(
        "optional",
        "gird",
        "2x2",
        "\"gird\" is not an option of optional. Maybe \"grid\"; known are overlap, depth, grid.");
    assertRefused(
        "optional",
        "overlap",
        "guess",
        "The option overlap of optional (guess) is none of reuse, recompute. Maybe overlap=reuse.");
    assertRefused(
        "optional",
        "depth",
        "9",
        "The option depth of optional (9) is not a whole number from 1 to 8. Maybe depth=3.");
    assertRefused(
        "optional",
        "grid",
        " ",
        "The option grid of optional ( ) is empty; expected 2x2 or auto. Maybe grid=auto.");
  }

  @Test
  void everyStrategySaysWhatItIs() {
    Set<String> ids = new HashSet<>();
    for (SplitStrategy strategy : SplitStrategies.load().all()) {
      assertThat(ids.add(strategy.id())).as(strategy.id()).isTrue();
      assertThat(strategy.title()).as(strategy.id()).isNotBlank();
      assertThat(strategy.explanation()).as(strategy.id()).endsWith(".");
      for (StrategyOption option : strategy.options()) {
        assertThat(option.values().wrong(option.standard())).as(option.name()).isEmpty();
        assertThat(option.title()).as(option.name()).isNotBlank();
        assertThat(option.explanation()).as(option.name()).endsWith(".");
      }
    }
  }
}
