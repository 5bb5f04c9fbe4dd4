package org.edgeld.workbench.ui.cluster;

/**
 * What profiling found out about an agent.
 *
 * @param flopsPerSecond over all layers of the model
 * @param linkBitsPerSecond from the head, infinite for the head itself
 * @param roundTripNanos to the head
 */
public record AgentFigures(double flopsPerSecond, double linkBitsPerSecond, long roundTripNanos) {}
