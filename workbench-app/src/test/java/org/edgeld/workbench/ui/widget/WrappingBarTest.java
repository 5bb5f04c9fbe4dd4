package org.edgeld.workbench.ui.widget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class WrappingBarTest {
  private static final double GAP = 10;
  private static final double ROW_GAP = 8;
  private static final double HEIGHT = 30;

  private static Region region(double width, double height) {
    Region region = new Region();
    region.setMinSize(width, height);
    region.setPrefSize(width, height);
    region.setMaxSize(width, height);
    return region;
  }

  private static WrappingBar bar(Node end, double... widths) {
    WrappingBar bar = new WrappingBar(GAP, ROW_GAP);
    DoubleStream.of(widths).forEach(width -> bar.getChildren().add(region(width, HEIGHT)));
    bar.end(end);
    return bar;
  }

  private static void layout(WrappingBar bar, double width) {
    bar.resize(width, bar.prefHeight(width));
    bar.layout();
  }

  @Test
  void rowsAreAboutEquallyLongAndTheEndStandsAtTheRightOfTheLast() {
    Region end = region(100, 20);
    WrappingBar bar = bar(end, 120, 120, 120);
    layout(bar, 400);
    assertThat(bar.getHeight()).isEqualTo(2 * HEIGHT + ROW_GAP);
    assertThat(bar.getChildren().get(1).getLayoutX()).isEqualTo(120 + GAP);
    assertThat(bar.getChildren().get(1).getLayoutY()).isZero();
    assertThat(bar.getChildren().get(2).getLayoutX()).isZero();
    assertThat(bar.getChildren().get(2).getLayoutY()).isEqualTo(HEIGHT + ROW_GAP);
    assertThat(end.getLayoutX()).isEqualTo(300);
    assertThat(end.getLayoutY()).as("at the bottom").isEqualTo(2 * HEIGHT + ROW_GAP - 20);
    layout(bar, 500);
    assertThat(bar.getHeight()).as("there is room beside the fields").isEqualTo(HEIGHT);
    assertThat(end.getLayoutX()).isEqualTo(400);
    assertThat(end.getLayoutY()).as("at the bottom").isEqualTo(HEIGHT - 20);
  }

  @Test
  void aFieldThatComesLaterStandsBeforeTheEnd() {
    Region end = region(50, HEIGHT);
    WrappingBar bar = bar(end, 100);
    Region later = region(40, HEIGHT);
    bar.getChildren().add(1, later);
    Region hidden = region(1000, HEIGHT);
    hidden.setManaged(false);
    bar.getChildren().add(hidden);
    layout(bar, 300);
    assertThat(later.getLayoutX()).isEqualTo(110);
    assertThat(end.getLayoutX()).isEqualTo(250);
    assertThat(bar.getHeight()).isEqualTo(HEIGHT);
  }
}
