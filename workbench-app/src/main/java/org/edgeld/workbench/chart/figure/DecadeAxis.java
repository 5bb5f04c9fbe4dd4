package org.edgeld.workbench.chart.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with ticks at 1, 2 and 5 of each decade. */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;
  private static final int[] DIGITS = {1, 2, 5};

  DecadeAxis(String label) {
    super(label);
    setSmallestValue(1e-6);
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D g, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TextAnchor anchor =
        RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    List<NumberTick> ticks = new ArrayList<>();
    double lower = getRange().getLowerBound();
    double upper = getRange().getUpperBound();
    int decade = (int) Math.floor(Math.log10(lower));
    while (Math.pow(10, decade) <= upper) {
      for (int digit : DIGITS) {
        double value = digit * Math.pow(10, decade);
        if (value >= lower && value <= upper) {
          String label = FigureChart.format().format(value);
          ticks.add(new NumberTick(TickType.MAJOR, value, label, anchor, TextAnchor.CENTER, 0));
        }
      }
      decade++;
    }
    return ticks;
  }
}
