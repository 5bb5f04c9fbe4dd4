package org.edgeld.workbench.split.overlap;

/**
 * Into which parts strips are cut, and which comes first. Halves in turns, upper first in one stage
 * and lower first in the next, give every halo half a stage to travel with a single cut: what a
 * half needs from a neighbour is what the neighbour computed first. Borders need two cuts, but have
 * almost a whole stage.
 */
enum Order {
  /** The strip is one part. */
  WHOLE,
  /** The upper half, then the lower one. */
  UPPER_FIRST,
  /** The lower half, then the upper one. */
  LOWER_FIRST,
  /** The rows that others need next, then the others. */
  BORDERS_FIRST,
  /** The rows that need nothing from others, then the others. */
  BORDERS_LAST
}
