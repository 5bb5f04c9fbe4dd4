package org.edgeld.workbench.explain;

import org.edgeld.workbench.simulate.SteadyState;

/**
 * Why a frame takes as long as it does.
 *
 * @param latencyNanos of the frame that is explained, predicted or measured
 * @param path what happens one after the other
 * @param busiest the resource that works longest for a frame, by prediction
 * @param busyShare how much of the predicted frame it works, 0 to 1
 * @param undivided what the undivided network takes on the head, by prediction
 * @param sentence what limits the plan, and what would help, in plain words
 */
public record Explanation(
    long latencyNanos,
    CriticalPath path,
    SteadyState.Load busiest,
    double busyShare,
    Undivided undivided,
    String sentence) {}
