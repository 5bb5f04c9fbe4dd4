package org.edgeld.workbench.plan;

/**
 * What no plan of a request beats under the same cost model.
 *
 * @param latencyNanos of one frame
 * @param nanosPerFrame of an endless stream of frames, with as many of them in flight as it takes
 */
public record Bounds(double latencyNanos, double nanosPerFrame) {}
