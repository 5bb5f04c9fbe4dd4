package org.edgeld.workbench.plan;

import java.util.Locale;

/** What the head does besides holding input and output. */
public enum HeadRole {
  /** It computes strips like any other device. */
  WORKER,
  /** EdgeLD's group leader: it splits, merges and runs what cannot be split, but no strips. */
  LEADER;

  /** Returns the name on the command line and in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
