package org.edgeld.workbench.ui.experiment;

import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Routing;

/**
 * All choices at one moment.
 *
 * @param model the network
 * @param inputSize height of its input; in networks of the catalogue also its width
 * @param strategy id of the split
 * @param fusion id of the fusion rule
 * @param routing which way slices travel
 * @param headRole whether the head computes strips
 * @param poolsOnHead whether pooling runs on the head
 */
public record ExperimentOptions(
    NetworkChoice model,
    int inputSize,
    String strategy,
    String fusion,
    Routing routing,
    HeadRole headRole,
    boolean poolsOnHead) {}
