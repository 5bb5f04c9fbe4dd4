package org.edgeld.workbench.chart.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Font;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.chart.figure.Figure.Axis;
import org.edgeld.workbench.chart.figure.Figure.Kind;
import org.edgeld.workbench.chart.figure.Figure.Point;
import org.edgeld.workbench.chart.figure.Figure.Series;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

  @Test
  void linesGoFromLeftToRightWhateverTheOrderOfTheirPoints() {
    Figure figure = figure(Kind.LINES, List.of(point(8, 1), point(2, 3), point(4, 2)));
    XYDataset data = plot(figure).getDataset(0);
    assertThat(List.of(data.getXValue(0, 0), data.getXValue(0, 1), data.getXValue(0, 2)))
        .containsExactly(2.0, 4.0, 8.0);
    assertThat(data.getYValue(0, 0)).isEqualTo(3);
  }

  @Test
  void theBandHoldsPredictionsWithinTenPercentOfWhatWasMeasured() {
    Figure figure = figure(Kind.DIAGONAL, List.of(point(90, 100), point(110, 100)));
    XYDataset band = plot(figure).getDataset(1);
    double tooMuch = band.getYValue(1, 0) / band.getXValue(1, 0);
    double tooLittle = band.getYValue(2, 0) / band.getXValue(2, 0);
    assertThat(tooMuch * 110).isCloseTo(100, within(1e-9));
    assertThat(tooLittle * 90).isCloseTo(100, within(1e-9));
  }

  @Test
  void barsStandByTheirPlacesAlsoWhereASeriesHasNone() {
    Figure figure =
        new Figure(
            "id",
            Kind.BARS,
            "Title",
            "",
            Axis.linear("x"),
            Axis.linear("y"),
            List.of(
                new Series("few", List.of(Point.exactly("second", 1, 5))),
                new Series(
                    "all",
                    List.of(
                        Point.exactly("third", 2, 7),
                        Point.exactly("first", 0, 6),
                        Point.exactly("second", 1, 8)))));
    CategoryDataset data = chart(figure).getCategoryPlot().getDataset();
    assertThat((Object) data.getColumnKeys()).isEqualTo(List.of("first", "second", "third"));
    assertThat((Object) data.getRowKeys()).isEqualTo(List.of("few", "all"));
    assertThat(data.getValue("few", "first")).isNull();
    assertThat(data.getValue("all", "second")).isEqualTo(8.0);
  }

  @Test
  void everyPointOfAParetoFigureIsLabelledAndNoLabelIsOnAnother() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(Point.exactly("point " + (char) ('a' + i), 1 + i % 4 * 0.02, 1 + i / 4 * 0.5));
    }
    String svg = FigureFile.svg(figure(Kind.PARETO, points));
    List<double[]> places = new ArrayList<>();
    Matcher labels =
        Pattern.compile("x=\"([-0-9.]+)\" y=\"([-0-9.]+)\"[^>]*>point [a-l]<").matcher(svg);
    while (labels.find()) {
      places.add(
          new double[] {Double.parseDouble(labels.group(1)), Double.parseDouble(labels.group(2))});
    }
    assertThat(places).as(svg).hasSize(12);
    for (int i = 0; i < places.size(); i++) {
      for (int k = 0; k < i; k++) {
        double dx = Math.abs(places.get(i)[0] - places.get(k)[0]);
        double dy = Math.abs(places.get(i)[1] - places.get(k)[1]);
        assertThat(dx > 20 || dy > 8).as("%d and %d", i, k).isTrue();
      }
    }
  }

  @Test
  void lanesOfATimelineAreNamedByTheirDevicesAlsoOfIdleOnes() {
    Figure figure =
        new Figure(
            "id",
            Kind.TIMELINE,
            "Title",
            "",
            Axis.linear("Time (ms)"),
            Axis.linear("Device"),
            List.of(
                new Series("A one", Look.device(0), List.of(new Point("B1", 0, 1, 1, 9))),
                new Series("B two", Look.device(1), List.of()),
                new Series("B predicted", Look.device(1).as(Look.Form.PALE), List.of()),
                new Series("sending", Look.TRAFFIC, List.of(new Point("", 0, 9, 9, 12)))));
    SymbolAxis lanes = (SymbolAxis) plot(figure).getRangeAxis();
    assertThat(lanes.getSymbols()).containsExactly("A one", "B two");
    assertThat(plot(figure).getDomainAxis().getUpperBound()).isGreaterThan(12);
    assertThat(FigureFile.svg(figure)).contains("B1", "A one", "B two", "Time (ms)");
  }

  @Test
  void devicesHaveTheirColourAndSeriesNone() {
    for (Palette palette : List.of(Palette.LIGHT, Palette.DARK)) {
      assertThat(Look.device(2).ink(palette, 7)).isEqualTo(palette.device(2));
      assertThat(Look.AUTO.ink(palette, 3)).isEqualTo(palette.series(3));
      for (int s = 0; s < 8; s++) {
        for (int d = 0; d < 8; d++) {
          assertThat(palette.series(s)).isNotEqualTo(palette.device(d));
        }
      }
    }
  }

  private static Point point(double x, double y) {
    return new Point("", x, y, y, y);
  }

  private static Figure figure(Kind kind, List<Point> points) {
    return new Figure(
        "id",
        kind,
        "Title",
        "",
        new Axis("x", false),
        new Axis("y", false),
        List.of(new Series("series", points)));
  }

  @Test
  void factorsHaveALineWhereNothingIsGained() {
    List<Series> series = List.of(new Series("series", List.of(point(1, 2), point(2, 3))));
    Axis devices = Axis.linear("Devices");
    assertThat(marks("Speedup over local (×)", devices, series)).containsExactly(1.0);
    assertThat(marks("Latency (ms)", devices, series)).isEmpty();
  }

  private static List<Double> marks(String y, Axis x, List<Series> series) {
    Figure figure = new Figure("id", Kind.LINES, "Title", "", x, Axis.linear(y), series);
    List<Double> values = new ArrayList<>();
    Collection<?> markers = plot(figure).getRangeMarkers(Layer.FOREGROUND);
    if (markers != null) {
      markers.forEach(marker -> values.add(((ValueMarker) marker).getValue()));
    }
    return values;
  }

  private static XYPlot plot(Figure figure) {
    return chart(figure).getXYPlot();
  }

  private static JFreeChart chart(Figure figure) {
    return FigureChart.of(figure, new ChartStyle(Palette.LIGHT, Font.SANS_SERIF));
  }
}
