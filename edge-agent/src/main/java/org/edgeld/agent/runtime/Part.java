package org.edgeld.agent.runtime;

import org.edgeld.geometry.Region;

/**
 * Where a region of a tensor lies in a frame's memory.
 *
 * @param place position in {@link MemoryMap#places}
 * @param region which part of that place's region
 * @param inOnePiece whether it can be used there, without a copy
 */
record Part(int place, Region region, boolean inOnePiece) {}
