package org.edgeld.workbench.plan;

import java.util.Locale;

/**
 * Whether strips are computed in parts, so that what others need of them travels while the rest is
 * computed.
 */
public enum Overlap {
  /** Where the simulator predicts that it makes a frame faster. */
  AUTO,
  /** Wherever a strip can be cut, even if that makes it slower. */
  ON,
  /** Nowhere: every strip is computed as a whole before anything of it is sent. */
  OFF;

  /** Returns the name on the command line and in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
