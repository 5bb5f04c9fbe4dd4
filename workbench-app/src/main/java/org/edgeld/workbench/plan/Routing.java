package org.edgeld.workbench.plan;

import java.util.Locale;

/** Which way slices travel between two stages. */
public enum Routing {
  /** EdgeLD: the head gathers the whole tensor and scatters what each device needs. */
  HEAD,
  /** Each device sends the rows that others need straight to them. */
  PEER;

  /** Returns the name on the command line and in files. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
