package org.edgeld.workbench.ui.experiment;

import java.util.Map;
import java.util.Optional;
import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Routing;

/**
 * All choices at one moment.
 *
 * @param model the network
 * @param inputSize height of its input; in networks of the catalogue also its width
 * @param strategy id of the split
 * @param strategyOptions chosen about the strategy, by name
 * @param fusion id of the fusion rule
 * @param routing which way slices travel
 * @param headRole whether the head computes strips
 * @param poolsOnHead whether pooling runs on the head
 * @param overlap whether strips are computed in parts
 * @param precision how the values of slices travel
 * @param loaded the plan itself, if it comes from a file; the choices are those it was made for
 */
public record ExperimentOptions(
    NetworkChoice model,
    int inputSize,
    String strategy,
    Map<String, String> strategyOptions,
    String fusion,
    Routing routing,
    HeadRole headRole,
    boolean poolsOnHead,
    Overlap overlap,
    Precision precision,
    Optional<LoadedPlan> loaded) {
  public ExperimentOptions {
    strategyOptions = Map.copyOf(strategyOptions);
  }
}
