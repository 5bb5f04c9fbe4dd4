package org.edgeld.workbench.ui.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.stage.Stage;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.split.PlanContext;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.split.StrategyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class StrategyFieldsTest {
  private static final SplitStrategy PLAIN = strategy("plain", true, List.of());
  private static final SplitStrategy RICH =
      strategy(
          "rich",
          false,
          List.of(
              new StrategyOption(
                  "form",
                  "Form",
                  "Shape.",
                  "rows",
                  new StrategyOption.OneOf(List.of("rows", "grid"))),
              new StrategyOption(
                  "depth", "Depth", "Layers.", "2", new StrategyOption.WholeNumber(1, 9))));

  private final ExperimentViewModel experiment =
      new ExperimentViewModel(SampleModels.all(), List.of(PLAIN, RICH), Scheme.all());

  private static SplitStrategy strategy(String id, boolean fusion, List<StrategyOption> options) {
    return new SplitStrategy() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public String title() {
        return id;
      }

      @Override
      public String explanation() {
        return id;
      }

      @Override
      public List<StrategyOption> options() {
        return options;
      }

      @Override
      public boolean usesFusion() {
        return fusion;
      }

      @Override
      public Plan plan(PlanContext context) {
        throw new UnsupportedOperationException("Nobody plans here.");
      }
    };
  }

  @Start
  void start(Stage stage) {
    FlowPane fields = new FlowPane();
    new StrategyFields(
            experiment.strategies(),
            experiment.strategyProperty(),
            experiment.strategyOptions(),
            "")
        .addTo(fields.getChildren());
    fields.getChildren().add(new FusionField(experiment));
    stage.setScene(new Scene(fields, 900, 120));
    stage.show();
  }

  private Map<String, String> chosen() {
    return experiment.optionsProperty().get().method().options();
  }

  @Test
  void theFieldsAreThoseOfTheChosenStrategy(FxRobot robot) {
    assertThat(robot.lookup("#option-form").tryQuery()).isEmpty();
    robot.interact(() -> experiment.strategyProperty().set(RICH));
    ComboBox<String> form = robot.lookup("#option-form").queryComboBox();
    assertThat(form.getItems()).containsExactly("rows", "grid");
    assertThat(form.getValue()).isEqualTo("rows");
    assertThat(form.getTooltip().getText()).isEqualTo("Shape.\nTakes rows or grid; usually rows.");
    robot.interact(() -> form.setValue("grid"));
    assertThat(chosen()).isEqualTo(Map.of("form", "grid"));
    robot.interact(() -> experiment.strategyProperty().set(PLAIN));
    assertThat(robot.lookup("#option-form").tryQuery()).isEmpty();
    assertThat(chosen()).isEmpty();
    robot.interact(() -> experiment.strategyProperty().set(RICH));
    assertThat(robot.lookup("#option-form").queryComboBox().getValue()).isEqualTo("grid");
  }

  @Test
  void aTypedValueCountsWithEnterAndIsMarkedWhileItIsWrong(FxRobot robot) {
    robot.interact(() -> experiment.strategyProperty().set(RICH));
    TextField depth = robot.lookup("#option-depth").queryAs(TextField.class);
    type(robot, depth, "12");
    assertThat(chosen()).isEqualTo(Map.of("depth", "12"));
    assertThat(invalid(depth)).isTrue();
    type(robot, depth, "7");
    assertThat(chosen()).isEqualTo(Map.of("depth", "7"));
    assertThat(invalid(depth)).isFalse();
    type(robot, depth, "");
    assertThat(chosen()).isEmpty();
    assertThat(depth.getText()).isEqualTo("2");
  }

  private static void type(FxRobot robot, TextField field, String text) {
    robot.clickOn(field).interact(() -> field.setText(text));
    robot.push(KeyCode.ENTER);
  }

  private static boolean invalid(TextField field) {
    return field.getPseudoClassStates().contains(PseudoClass.getPseudoClass("invalid"));
  }

  @Test
  void fusionIsDisabledWithAWordWhereTheStrategyDecidesIt(FxRobot robot) {
    Label caption = robot.lookup("#fusion-caption").queryAs(Label.class);
    assertThat(caption.getText()).isEqualTo("Fusion");
    assertThat(robot.lookup("#fusion").query().isDisabled()).isFalse();
    robot.interact(() -> experiment.strategyProperty().set(RICH));
    assertThat(caption.getText()).isEqualTo("Fusion · decided by rich");
    assertThat(robot.lookup("#fusion").query().isDisabled()).isTrue();
  }
}
