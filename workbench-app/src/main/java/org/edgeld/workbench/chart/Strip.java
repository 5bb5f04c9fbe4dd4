package org.edgeld.workbench.chart;

import org.edgeld.geometry.Range;
import org.edgeld.program.DeviceId;

/**
 * What one device computes of one layer.
 *
 * @param device who
 * @param owned rows that count as this device's: the layer's rows divided where the strips of
 *     neighbours overlap by halves
 * @param computed rows it really computes, a superset of {@code owned}; the rest is halo
 */
public record Strip(DeviceId device, Range owned, Range computed) {
  /** Returns the rows computed twice because a neighbour owns them. */
  public int haloRows() {
    return computed.size() - owned.size();
  }
}
