package org.edgeld.workbench.explain;

/**
 * A change that makes a frame faster.
 *
 * @param words what to change, such as {@code one row less on D}
 * @param nanos predicted latency after it
 */
record Lever(String words, double nanos) {}
