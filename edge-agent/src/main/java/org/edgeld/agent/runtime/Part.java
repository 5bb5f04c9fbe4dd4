package org.edgeld.agent.runtime;

import org.edgeld.agent.engine.RowMargin;
import org.edgeld.geometry.Region;

/**
 * Where a region of a tensor lies in a frame's memory.
 *
 * @param place position in {@link MemoryMap#places}
 * @param region which part of that place's region
 * @param margin rows of zeros that are to lie around it
 * @param inOnePiece whether it can be used there, with its margin and without a copy
 */
record Part(int place, Region region, RowMargin margin, boolean inOnePiece) {
  /** Returns the size with the margin as float32 in bytes. */
  long bytes() {
    return margin.bytesAround(region);
  }
}
