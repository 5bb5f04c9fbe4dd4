package org.edgeld.workbench.split.joint;

/** How far the devices are with some pieces of a frame. */
interface Progress {
  /** Returns when each device is done with what it computes so far; not to be changed. */
  double[] ready();

  /** Returns how long each device computes so far; not to be changed. */
  double[] computing();
}
