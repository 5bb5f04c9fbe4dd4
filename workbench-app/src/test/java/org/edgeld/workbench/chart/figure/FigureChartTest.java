package org.edgeld.workbench.chart.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("core")
class FigureChartTest {
  private static Figure figure(Kind kind, int series, int points) {
    List<Series> all = new ArrayList<>();
    for (int s = 0; s < series; s++) {
      List<Point> of = new ArrayList<>();
      for (int i = 0; i < points; i++) {
        double y = 3 + s + i;
        of.add(new Point("label " + i, i + 1, y, y - 1, y + 2));
      }
      all.add(new Series("series " + s + " <&>", of));
    }
    boolean log = kind == Kind.DIAGONAL;
    return new Figure(
        "id", kind, "Title – ×", "", new Axis("Devices", log), new Axis("Latency (ms)", log), all);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindIsDrawnEmptyWithOneValueAndWithMany(Kind kind) {
    for (int series : new int[] {0, 1, 9}) {
      for (int points : new int[] {0, 1, 12}) {
        Figure figure = figure(kind, series, points);
        assertThat(FigureFile.svg(figure)).contains("Title – ×", "Latency (ms)");
        assertThat(FigureFile.pdf(figure)).isNotEmpty();
      }
    }
    assertThat(FigureFile.png(figure(kind, 2, 3))).hasSizeGreaterThan(5_000);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatTheSeriesAreCalledStandsInTheLegend(Kind kind) {
    assertThat(FigureFile.svg(figure(kind, 2, 3))).contains("series 0 &lt;&amp;&gt;", "series 1");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theSameFigureGivesTheSameBytes(Kind kind) {
    Figure figure = figure(kind, 2, 3);
    assertThat(FigureFile.svg(figure)).isEqualTo(FigureFile.svg(figure));
    assertThat(FigureFile.png(figure)).isEqualTo(FigureFile.png(figure));
  }
}
