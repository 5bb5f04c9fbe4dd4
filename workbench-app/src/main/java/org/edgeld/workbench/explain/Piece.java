package org.edgeld.workbench.explain;

import org.edgeld.program.DeviceId;

/**
 * A part of the critical path that belongs together.
 *
 * @param link whether it is sending, not computing
 * @param stage the stage that is computed, or before which is sent; the number of stages stands for
 *     gathering the output
 * @param device who computes, or whose link is busiest
 * @param nanos how long it takes
 */
record Piece(boolean link, int stage, DeviceId device, long nanos) {}
