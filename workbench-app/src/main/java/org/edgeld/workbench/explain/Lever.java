package org.edgeld.workbench.explain;

/**
 * A change that makes a frame faster.
 *
 * @param words what to change, such as {@code one row less on D}
 * @param savedNanos how much sooner the frame is over, by prediction; not positive if it is not
 */
record Lever(String words, double savedNanos) {}
