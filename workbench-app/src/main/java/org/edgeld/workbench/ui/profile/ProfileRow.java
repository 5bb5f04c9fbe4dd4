package org.edgeld.workbench.ui.profile;

import java.util.List;

/**
 * One layer.
 *
 * @param layer its name
 * @param output shape of its output
 * @param flops of the undivided layer
 * @param parameters weights
 * @param nanos of the undivided layer on each device
 */
public record ProfileRow(
    String layer, String output, long flops, long parameters, List<Long> nanos) {
  public ProfileRow {
    nanos = List.copyOf(nanos);
  }
}
