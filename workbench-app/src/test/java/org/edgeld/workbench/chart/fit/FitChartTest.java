package org.edgeld.workbench.chart.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.fit.DeviceFit;
import org.edgeld.workbench.fit.HeldOut;
import org.edgeld.workbench.fit.OperatorClass;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class FitChartTest {
  private static final double ROUNDING = 1e-9;
  private static final int WIDTH = 300;
  private static final int HEIGHT = 160;

  private static DeviceFit fit(double... measuredAndPredictedMillis) {
    List<HeldOut> out = new ArrayList<>();
    for (int i = 0; i < measuredAndPredictedMillis.length; i += 2) {
      double measured = measuredAndPredictedMillis[i];
      double predicted = measuredAndPredictedMillis[i + 1];
      out.add(
          new HeldOut(
              i,
              OperatorClass.CONV_3,
              true,
              1e6 * measured,
              1e6 * predicted,
              predicted / measured - 1));
    }
    return new DeviceFit(List.of(), out, 0);
  }

  @Test
  void theAxisHoldsAllTimesBetweenPowersOfTen() {
    FitChart chart = FitChart.of(List.of(fit(0.3, 0.3), fit(47, 40)));
    assertThat(chart.leastMillis()).isCloseTo(0.1, within(ROUNDING));
    assertThat(chart.mostMillis()).isCloseTo(100, within(ROUNDING));
    assertThat(chart.timePlace(0.1)).isZero();
    assertThat(chart.timePlace(100)).isCloseTo(1, within(ROUNDING));
    assertThat(chart.points()).extracting(FitChart.Point::device).containsExactly(0, 1);
    assertThat(chart.points()).noneMatch(FitChart.Point::outside);
  }

  @Test
  void whatIsTooShortToMatterIsLeftOutAndOutliersStayAtTheEdge() {
    FitChart chart = FitChart.of(List.of(fit(0.001, 5, 1, 30, 10, 10)));
    assertThat(chart.points()).hasSize(2);
    assertThat(chart.points().get(0).outside()).isTrue();
    assertThat(FitChart.ratioPlace(30)).isEqualTo(1);
    assertThat(FitChart.ratioPlace(1)).isCloseTo(0.5, within(ROUNDING));
  }

  @Test
  void everyDeviceIsDrawnInItsColour() {
    FitChart chart = FitChart.of(List.of(fit(1, 1), fit(10, 8)));
    ChartStyle style = new ChartStyle(Palette.LIGHT, "SansSerif");
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    g.setColor(Palette.LIGHT.surface());
    g.fillRect(0, 0, WIDTH, HEIGHT);
    new FitPainter(style).paint(g, WIDTH, HEIGHT, chart);
    g.dispose();
    for (int device = 0; device < 2; device++) {
      assertThat(count(image, Palette.LIGHT.device(device).getRGB()))
          .as("device %d", device)
          .isGreaterThan(10);
    }
    assertThat(count(image, Palette.LIGHT.device(2).getRGB())).isZero();
  }

  private static long count(BufferedImage image, int color) {
    return Arrays.stream(
            image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
        .filter(pixel -> pixel == color)
        .count();
  }
}
