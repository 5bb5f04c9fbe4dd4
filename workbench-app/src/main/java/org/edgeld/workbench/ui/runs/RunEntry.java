package org.edgeld.workbench.ui.runs;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.OutputSummary;
import org.edgeld.workbench.ui.plan.ShownPlan;

/**
 * One completed run.
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

  private ShownPlan.MeasuredRun run() {
    return shown.run().orElseThrow();
  }

  /** Returns the number within the session, from 1. */
  public int number() {
    return run().number();
  }

  /** Returns what was measured. */
  public ReportedRun report() {
    return run().report();
  }

  /** Returns what ran, in few words: {@code ocbp · pools · peer}. */
  public String description() {
    PlanRequest request = report().request();
    return report()
        .details()
        .scheme()
        .map(scheme -> scheme + " scheme")
        .orElseGet(
            () ->
                strategy(request)
                    + " · "
                    + fusion(request.fusion())
                    + " · "
                    + request.routing().id());
  }

  private static String strategy(PlanRequest request) {
    String chosen = String.join(" ", new TreeMap<>(request.options()).values());
    return chosen.isEmpty() ? request.strategy() : request.strategy() + " " + chosen;
  }

  /** Returns on what it ran: {@code VGG16 224 · 4 devices}. */
  public String setting() {
    PlanRequest request = report().request();
    int devices = request.profile().size();
    return request.graph().name()
        + " "
        + request.graph().input().height()
        + " · "
        + devices
        + (devices == 1 ? " device" : " devices")
        + (request.headRole() == HeadRole.LEADER ? " · leader" : "");
  }

  private static String fusion(String id) {
    return switch (id) {
      case "layer" -> "layer";
      case "between-pools" -> "pools";
      default -> "depth " + id;
    };
  }
}
