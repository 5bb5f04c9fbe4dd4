package org.edgeld.workbench.plan;

import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * What a researcher asks the planner for.
 *
 * @param graph the model
 * @param profile devices and links
 * @param head who holds input and output
 * @param headRole whether the head computes strips
 * @param strategy id of a strategy, such as {@code ocbp}
 * @param fusion id of a fusion rule: {@code layer}, {@code between-pools} or a depth
 * @param poolsOnHead whether pooling layers run on the head instead of inside blocks, as in EdgeLD
 * @param routing which way slices travel
 */
public record PlanRequest(
    ModelGraph graph,
    ClusterProfile profile,
    DeviceId head,
    HeadRole headRole,
    String strategy,
    String fusion,
    boolean poolsOnHead,
    Routing routing) {}
