package org.edgeld.workbench.ui.runs;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.edgeld.message.AgentInfo;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.ChartText;
import org.edgeld.workbench.chart.timeline.TimelineChart;
import org.edgeld.workbench.chart.timeline.TimelinePainter;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.ui.widget.PaintedPane;
import org.edgeld.workbench.ui.widget.Widgets;

/** The measured frames of several runs, one above the other on one axis of time. */
final class RunTimelines extends VBox {
  private static final double LANE = 21;
  private static final double AXIS = 24;
  private static final double TITLE = 20;
  private static final double LEAST_LANES = 3;

  private final ObservableValue<ChartStyle> style;
  private final PaintedPane pane = new PaintedPane(this::paint);
  private final Label words = Widgets.wrapped("Reading the measured frames…", "caption");
  private List<Titled> timelines = List.of();

  /**
   * A timeline under its name.
   *
   * @param title what ran
   * @param chart its frame nearest the median
   */
  record Titled(String title, TimelineChart chart) {
    static Titled of(String title, ReportedRun run, List<Integer> colours) {
      RunResult result = run.result();
      return new Titled(
          title,
          new TimelineChart(
                  result.planned(),
                  result.devices().stream().map(AgentInfo::name).toList(),
                  result.medianTrace(),
                  Optional.empty())
              .with(colours));
    }

    double height() {
      return RunTimelines.height(chart.names().size());
    }
  }

  /**
   * @param devices of each run that is to be shown, for the room they need
   */
  RunTimelines(ObservableValue<ChartStyle> style, List<Integer> devices) {
    super(4);
    this.style = style;
    setId("run-timelines");
    StackPane drawing = new StackPane(pane, words);
    drawing.setPrefHeight(devices.stream().mapToDouble(RunTimelines::height).sum());
    drawing.setMinHeight(USE_PREF_SIZE);
    getChildren()
        .addAll(
            Widgets.fixed("Measured frames nearest the median, on one axis of time", "caption"),
            drawing);
  }

  private static double height(int devices) {
    return TITLE + AXIS + LANE * Math.max(LEAST_LANES, devices);
  }

  void show(List<Titled> read) {
    timelines = List.copyOf(read);
    words.setVisible(false);
    pane.repaint();
  }

  void say(String sentence) {
    words.setText(sentence);
  }

  /** Returns what is shown. */
  List<Titled> timelines() {
    return timelines;
  }

  private void paint(Graphics2D g, double width, double height) {
    ChartStyle look = style.getValue();
    TimelinePainter painter = new TimelinePainter(look);
    long end = timelines.stream().mapToLong(t -> t.chart().endNanos()).max().orElse(1);
    AffineTransform before = g.getTransform();
    for (Titled timeline : timelines) {
      new ChartText(g).left(timeline.title(), look.bold(11), look.palette().text(), 10, TITLE / 2);
      g.translate(0, TITLE);
      painter.paint(g, width, timeline.height() - TITLE, timeline.chart(), end);
      g.translate(0, timeline.height() - TITLE);
    }
    g.setTransform(before);
  }
}
