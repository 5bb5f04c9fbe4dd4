package org.edgeld.workbench.chart.map;

import org.edgeld.program.DeviceId;

/**
 * One strip of the map.
 *
 * @param stage index of the stage
 * @param layer index of the layer in the graph
 * @param device who owns the strip
 */
public record MapSelection(int stage, int layer, DeviceId device) {}
