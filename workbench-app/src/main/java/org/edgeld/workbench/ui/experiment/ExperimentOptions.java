package org.edgeld.workbench.ui.experiment;

import org.edgeld.samples.SampleModel;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Routing;

/**
 * All choices at one moment.
 *
 * @param model the network
 * @param inputSize side length of its square input
 * @param strategy id of the split
 * @param fusion id of the fusion rule
 * @param routing which way slices travel
 * @param headRole whether the head computes strips
 * @param poolsOnHead whether pooling runs on the head
 */
public record ExperimentOptions(
    SampleModel model,
    int inputSize,
    String strategy,
    String fusion,
    Routing routing,
    HeadRole headRole,
    boolean poolsOnHead) {}
