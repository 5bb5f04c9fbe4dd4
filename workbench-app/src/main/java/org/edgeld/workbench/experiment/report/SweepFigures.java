package org.edgeld.workbench.experiment.report;

import java.util.List;
import org.edgeld.workbench.chart.figure.Figure;

/**
 * The figures of a sweep. A figure over something that the sweep does not vary is left out; where
 * the sweep varies several things, there is a figure for each value of the others.
 *
 * @param figures in the order to show them, each with an id of its own
 * @param absent a sentence for each kind of figure that has nothing to show, or too much
 */
public record SweepFigures(List<Figure> figures, List<String> absent) {
  public SweepFigures {
    figures = List.copyOf(figures);
    absent = List.copyOf(absent);
  }

  /** Makes the figures of what trials and recordings say. */
  public static SweepFigures of(SweepSummary summary, SweepRecordings recordings) {
    Gallery gallery = new Gallery();
    LineFigures.add(gallery, summary);
    FusionFigures.add(gallery, summary);
    StreamFigures.add(gallery, summary);
    DeviceFigures.add(gallery, summary);
    PredictionFigure.add(gallery, summary);
    TimelineFigures.add(gallery, summary, recordings);
    FitFigures.add(gallery, recordings);
    return gallery.figures();
  }
}
