package org.edgeld.workbench.history;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;

/**
 * How a run's network was asked to be divided.
 *
 * @param scheme the preset that chose the rest; empty if none did
 * @param strategy id of the strategy
 * @param options chosen about the strategy
 * @param fusion id of the fusion rule
 * @param poolsOnHead whether pooling ran on the head
 * @param routing which way slices travelled
 * @param headRole whether the head computed strips
 * @param overlap whether strips were to be computed in parts
 * @param precision how the values of slices travelled
 */
public record Method(
    Optional<String> scheme,
    String strategy,
    Map<String, String> options,
    String fusion,
    boolean poolsOnHead,
    Routing routing,
    HeadRole headRole,
    Overlap overlap,
    Precision precision) {
  public Method {
    options = Map.copyOf(options);
  }

  /** Returns what was asked of the planner. */
  public static Method of(Optional<String> scheme, PlanRequest request) {
    return new Method(
        scheme,
        request.strategy(),
        request.options(),
        request.fusion(),
        request.poolsOnHead(),
        request.routing(),
        request.headRole(),
        request.overlap(),
        request.precision());
  }

  /** Returns it in few words: {@code ocbp · pools · peer}; what is standard is left out. */
  public String words() {
    String division =
        scheme
            .map(name -> name + " scheme")
            .orElseGet(
                () ->
                    strategyWords()
                        + " · "
                        + fusionWords()
                        + " · "
                        + routing.id()
                        + (overlap == Overlap.AUTO ? "" : " · overlap " + overlap.id()));
    return precision == Precision.FLOAT32 ? division : division + " · " + precision.id();
  }

  private String strategyWords() {
    String chosen = String.join(" ", new TreeMap<>(options).values());
    return chosen.isEmpty() ? strategy : strategy + " " + chosen;
  }

  private String fusionWords() {
    return switch (fusion) {
      case "layer" -> "layer";
      case "between-pools" -> "pools";
      default -> "depth " + fusion;
    };
  }
}
