package org.edgeld.workbench.split.joint;

/**
 * What a piece asks of the devices.
 *
 * @param layerEnd end of the piece's layers
 * @param nanos predicted compute time per device
 * @param active whether a device computes
 * @param sole the only device that computes, -1 if there are several
 * @param inputs what each device reads
 * @param outputs what each device makes
 */
record Work(
    int layerEnd, double[] nanos, boolean[] active, int sole, Tensors inputs, Tensors outputs) {}
