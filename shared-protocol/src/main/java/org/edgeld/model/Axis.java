package org.edgeld.model;

/** One axis of a feature map. */
public enum Axis {
  /** Feature maps. */
  CHANNELS,
  /** The height. */
  ROWS,
  /** The width. */
  COLUMNS
}
