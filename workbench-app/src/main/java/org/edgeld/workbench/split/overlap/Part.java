package org.edgeld.workbench.split.overlap;

import java.util.List;
import org.edgeld.geometry.Slice;

/**
 * What a device computes as one step.
 *
 * @param outputs what it makes
 * @param inputs what it reads
 * @param nanos how long it takes the device
 */
record Part(List<Slice> outputs, List<Slice> inputs, double nanos) {}
