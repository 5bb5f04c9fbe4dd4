package org.edgeld.workbench.fusion;

import org.edgeld.model.ModelGraph;

/**
 * What blocks are wanted of.
 *
 * @param graph the model
 * @param poolsOnHead whether a pooling layer is a block of its own, which the head runs, as in
 *     EdgeLD
 */
public record FusionRequest(ModelGraph graph, boolean poolsOnHead) {}
