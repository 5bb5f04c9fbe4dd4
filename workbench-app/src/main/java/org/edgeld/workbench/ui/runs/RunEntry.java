package org.edgeld.workbench.ui.runs;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Model;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.KeptRun;
import org.edgeld.workbench.history.LoadedRun;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.OutputSummary;
import org.edgeld.workbench.ui.plan.ShownPlan;

/**
 * A completed run that can be shown in full.
 *
 * @param shown what the window shows of it
 * @param picture what went into the network, empty for noise
 * @param outputs what came out, in few figures
 */
public record RunEntry(
    ShownPlan shown, Optional<BufferedImage> picture, List<OutputSummary> outputs) {
  public RunEntry {
    outputs = List.copyOf(outputs);
    if (shown.run().isEmpty()) {
      throw new IllegalArgumentException("A plan that did not run is no entry of the runs.");
    }
  }

  /** Makes an entry of a kept run; takes a while. */
  public static RunEntry of(LoadedRun run) {
    return new RunEntry(
        ShownPlan.of(
            run.model(), run.item().number(), run.report(), ShownPlan.explain(run.report())),
        run.picture(),
        run.outputs());
  }

  /** Makes an entry of a run that was just measured; takes a while. */
  public static RunEntry of(Model model, int number, KeptRun run) {
    return new RunEntry(
        ShownPlan.of(model, number, run.report(), ShownPlan.explain(run.report())),
        run.picture(),
        run.outputs().stream().map(OutputSummary::of).toList());
  }

  private ShownPlan.MeasuredRun run() {
    return shown.run().orElseThrow();
  }

  /** Returns the number in the history; below 1 if it could not be kept. */
  public int number() {
    return run().number();
  }

  /** Returns the number as it is written everywhere: {@code #12}. */
  public String label() {
    return HistoryItem.label(number());
  }

  /** Returns what was measured. */
  public ReportedRun report() {
    return run().report();
  }

  /** Returns what ran, in few words: {@code ocbp · pools · peer}. */
  public String description() {
    return MethodWords.brief(report().details().scheme(), report().request().method());
  }
}
