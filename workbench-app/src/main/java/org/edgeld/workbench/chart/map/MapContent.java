package org.edgeld.workbench.chart.map;

import java.util.List;
import org.edgeld.workbench.explain.StageTimes;

/**
 * What the lanes beside the partition show.
 *
 * @param layerMillis time of each undivided layer on the head
 * @param costCaption where these times come from: measured or estimated
 * @param times of the blocks, predicted or measured
 */
public record MapContent(List<Double> layerMillis, String costCaption, StageTimes times) {
  public MapContent {
    layerMillis = List.copyOf(layerMillis);
  }
}
