package org.edgeld.workbench.chart.timeline;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.Locale;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.explain.StageTimes;
import org.edgeld.workbench.trace.DeviceTotals;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/**
 * Paints a timeline: compute in the device's colour, sending in violet, waiting pale, serialising
 * as a dark violet line above, copying as a grey line below; a second trace as outlines over the
 * first, which is then paler. Dashed lines stand where all devices had done with a block before any
 * began the next, and at the end.
 */
public final class TimelinePainter {
  private static final double AXIS = 22;
  private static final double TOP = 2;
  private static final double RIGHT = 14;
  private static final double MAX_LANE = 54;

  /** Height of a lane that has room for a device's name and for how busy it is. */
  private static final double TWO_LINES = 28;

  private static final List<Span.Kind> FROM_THE_BACK =
      List.of(
          Span.Kind.WAIT,
          Span.Kind.COMPUTE,
          Span.Kind.SEND,
          Span.Kind.SERIALISE,
          Span.Kind.ASSEMBLE);

  private static final BasicStroke OUTLINE = new BasicStroke(1f);

  private final ChartStyle style;
  private final Palette palette;

  public TimelinePainter(ChartStyle style) {
    this.style = style;
    this.palette = style.palette();
  }

  /** Paints into a rectangle that starts at the origin. */
  public void paint(Graphics2D g, double width, double height, TimelineChart chart) {
    paint(g, width, height, chart, chart.endNanos());
  }

  /**
   * Paints on an axis of time that several timelines have in common.
   *
   * @param endNanos its end, not before that of the chart
   */
  public void paint(Graphics2D g, double width, double height, TimelineChart chart, long endNanos) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    ChartText text = new ChartText(g);
    int devices = chart.names().size();
    double left = width < 420 ? 40 : 112;
    double lane = Math.min(MAX_LANE, (height - TOP - AXIS) / devices);
    double bottom = TOP + lane * devices;
    double perNano = (width - left - RIGHT) / (endNanos * 1.02);
    axis(g, text, endNanos / 1e6, new double[] {left, bottom, perNano});
    for (int d = 0; d < devices; d++) {
      double y = TOP + d * lane;
      name(g, text, chart, d, new double[] {y + lane / 2, left, lane});
      double bar = lane * 0.68;
      double top = y + (lane - bar) / 2;
      g.setColor(palette.lane());
      g.fill(new Rectangle2D.Double(left, top, width - left - RIGHT, bar));
      DeviceId device = new DeviceId(d);
      boolean pale = chart.second().isPresent();
      spans(g, text, chart, new Lane(chart.first(), device, left, top, bar, perNano, pale));
      chart
          .second()
          .ifPresent(trace -> outlines(g, new Lane(trace, device, left, top, bar, perNano, false)));
    }
    barriers(g, chart, left, bottom, perNano);
    latency(g, chart, left, bottom, perNano);
  }

  private record Lane(
      Trace trace,
      DeviceId device,
      double left,
      double top,
      double height,
      double perNano,
      boolean pale) {}

  private void axis(Graphics2D g, ChartText text, double endMillis, double[] place) {
    double left = place[0];
    double bottom = place[1];
    double perNano = place[2];
    Font font = style.plain(10);
    double step = niceStep(endMillis / 8);
    g.setStroke(ChartStyle.HAIRLINE);
    for (double t = 0; t <= endMillis; t += step) {
      double x = Math.round(left + t * 1e6 * perNano) + 0.5;
      g.setColor(palette.grid());
      g.draw(new Line2D.Double(x, TOP, x, bottom));
      String label = step < 1 ? String.format(Locale.ROOT, "%.1f", t) : "%.0f".formatted(t);
      text.centre(label, font, palette.muted(), x, bottom + 11);
    }
    text.left("ms", font, palette.muted(), 10, bottom + 11);
  }

  private void name(Graphics2D g, ChartText text, TimelineChart chart, int device, double[] place) {
    double y = place[0];
    double left = place[1];
    double chip = Math.min(16, place[2] - 2);
    Color color = palette.device(chart.colours().get(device));
    g.setColor(color);
    g.fill(new RoundRectangle2D.Double(10, y - chip / 2, 16, chip, 5, 5));
    text.centre(
        new DeviceId(device).letter(),
        style.bold(Math.min(10, chip - 2)),
        Palette.inkOn(color),
        18,
        y);
    if (left > 60) {
      String name = text.fit(chart.names().get(device), style.plain(11), left - 38);
      boolean two = place[2] >= TWO_LINES;
      text.left(name, style.plain(11), palette.text(), 32, two ? y - 6 : y);
      if (two) {
        text.left(busy(chart, device), style.plain(9), palette.muted(), 32, y + 7);
      }
    }
  }

  private static String busy(TimelineChart chart, int device) {
    DeviceTotals totals = DeviceTotals.of(chart.first(), new DeviceId(device));
    return "%.0f %% busy".formatted(100.0 * totals.busyNanos() / chart.first().latencyNanos());
  }

  private void spans(Graphics2D g, ChartText text, TimelineChart chart, Lane lane) {
    for (Span.Kind kind : FROM_THE_BACK) {
      for (Span span : lane.trace().spans()) {
        if (span.kind() == kind && span.device().equals(lane.device())) {
          span(g, text, chart, lane, span);
        }
      }
    }
  }

  private void span(Graphics2D g, ChartText text, TimelineChart chart, Lane lane, Span span) {
    double x = lane.left() + span.startNanos() * lane.perNano();
    double w = Math.max(0.6, span.durationNanos() * lane.perNano());
    switch (span.kind()) {
      case WAIT -> {
        g.setColor(palette.waiting());
        double h = Math.max(1.5, lane.height() * 0.16);
        g.fill(new Rectangle2D.Double(x, lane.top() + (lane.height() - h) / 2, w, h));
      }
      case SEND -> {
        g.setColor(
            lane.pale()
                ? Palette.mix(palette.traffic(), palette.surface(), 0.45)
                : palette.traffic());
        g.fill(
            new Rectangle2D.Double(x, lane.top() + lane.height() * 0.22, w, lane.height() * 0.56));
      }
      case SERIALISE -> {
        // above the middle line of sending, with which that of another slice may coincide
        g.setColor(
            lane.pale()
                ? Palette.mix(palette.traffic(), palette.text(), 0.25)
                : palette.serialising());
        g.fill(new Rectangle2D.Double(x, lane.top(), w, lane.height() * 0.22));
      }
      case ASSEMBLE -> {
        g.setColor(
            lane.pale()
                ? Palette.mix(palette.assembling(), palette.surface(), 0.45)
                : palette.assembling());
        double h = lane.height() * 0.22;
        g.fill(new Rectangle2D.Double(x, lane.top() + lane.height() - h, w, h));
      }
      case COMPUTE -> {
        Color color = palette.device(chart.colours().get(lane.device().index()));
        Color fill = lane.pale() ? Palette.mix(color, palette.surface(), 0.45) : color;
        g.setColor(fill);
        g.fill(new Rectangle2D.Double(x, lane.top(), Math.max(0.6, w - 0.6), lane.height()));
        caption(text, chart, lane, span, Palette.inkOn(fill));
      }
    }
  }

  /** Lays a trace over another: computing and sending as frames, waiting not at all. */
  private void outlines(Graphics2D g, Lane lane) {
    g.setStroke(OUTLINE);
    for (Span.Kind kind : new Span.Kind[] {Span.Kind.COMPUTE, Span.Kind.SEND}) {
      double share = kind == Span.Kind.COMPUTE ? 1 : 0.56;
      double height = lane.height() * share - 1;
      double y = lane.top() + (lane.height() - height) / 2;
      g.setColor(kind == Span.Kind.COMPUTE ? palette.text() : palette.traffic());
      for (Span span : lane.trace().spans()) {
        if (span.kind() == kind && span.device().equals(lane.device())) {
          double x = lane.left() + span.startNanos() * lane.perNano();
          double w = Math.max(1, span.durationNanos() * lane.perNano() - 1);
          g.draw(new Rectangle2D.Double(x + 0.5, y, w, height));
        }
      }
    }
  }

  private void caption(ChartText text, TimelineChart chart, Lane lane, Span span, Color ink) {
    if (lane.height() < 11) {
      return;
    }
    String tag =
        StageTimes.step(chart.planned(), span)
            .filter(Step.Compute.class::isInstance)
            .map(Step.Compute.class::cast)
            .flatMap(c -> StageTimes.stage(chart.planned(), c.block().layerStart()))
            .map(stage -> "B" + (stage + 1))
            .orElse("");
    Font font = style.plain(Math.min(10, lane.height() - 1));
    double w = span.durationNanos() * lane.perNano();
    if (!tag.isEmpty() && text.width(tag, font) < w - 3) {
      double x = lane.left() + (span.startNanos() + span.durationNanos() / 2.0) * lane.perNano();
      text.centre(tag, font, ink, x, lane.top() + lane.height() / 2);
    }
  }

  private void barriers(
      Graphics2D g, TimelineChart chart, double left, double bottom, double perNano) {
    g.setColor(palette.muted());
    g.setStroke(ChartStyle.DASHED);
    for (long barrier : Barriers.of(chart.planned(), chart.first())) {
      double x = left + barrier * perNano;
      g.draw(new Line2D.Double(x, TOP, x, bottom));
    }
  }

  private void latency(
      Graphics2D g, TimelineChart chart, double left, double bottom, double perNano) {
    g.setColor(palette.text());
    double x = left + chart.first().latencyNanos() * perNano;
    g.setStroke(ChartStyle.DASHED);
    g.draw(new Line2D.Double(x, TOP, x, bottom));
    chart
        .second()
        .ifPresent(
            trace -> {
              double end = left + trace.latencyNanos() * perNano;
              g.setStroke(OUTLINE);
              g.draw(new Line2D.Double(end, TOP, end, bottom));
            });
  }

  private static double niceStep(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
    double factor = value / power;
    return (factor < 1.5 ? 1 : factor < 3.5 ? 2 : factor < 7.5 ? 5 : 10) * power;
  }
}
