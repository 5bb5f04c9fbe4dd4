package org.edgeld.workbench.history;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Model;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.OutputSummary;

/**
 * A kept run as it was when it ended, but for its outputs and its input.
 *
 * @param item the run
 * @param model its network
 * @param report what was measured, around the very same plan
 * @param outputs what came out, in few figures
 * @param picture what went in; empty if it was no picture
 */
public record LoadedRun(
    HistoryItem item,
    Model model,
    ReportedRun report,
    List<OutputSummary> outputs,
    Optional<BufferedImage> picture) {
  public LoadedRun {
    outputs = List.copyOf(outputs);
  }
}
