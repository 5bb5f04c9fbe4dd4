package org.edgeld.workbench.chart;

import org.edgeld.geometry.Region;
import org.edgeld.program.DeviceId;

/**
 * What one device computes of one layer for one of its tiles.
 *
 * @param device who
 * @param owned what counts as this tile's: the layer divided where neighbouring tiles overlap by
 *     halves
 * @param computed what it really computes, a superset of {@code owned}; the rest is halo
 */
public record Strip(DeviceId device, Region owned, Region computed) {}
