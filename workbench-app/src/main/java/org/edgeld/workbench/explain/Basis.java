package org.edgeld.workbench.explain;

import org.edgeld.workbench.words.Figures;

/**
 * What the figures of an explanation rest on.
 *
 * @param frame of the frame that is explained and of the undivided network: predicted, estimated or
 *     measured
 * @param otherwise of what was not run: predicted or estimated
 */
record Basis(String frame, String otherwise) {
  private static final String MEASURED = "measured";

  /** Returns the basis of a frame that is simulated, as is everything else. */
  static Basis simulated(String word) {
    return new Basis(word, word);
  }

  /** Returns the basis of a measured frame. */
  static Basis ofMeasured() {
    return new Basis(MEASURED, "predicted");
  }

  boolean measured() {
    return frame.equals(MEASURED);
  }

  /** Returns a time of what was not run. */
  String notRun(double nanos) {
    return Figures.nanos(nanos) + (measured() ? ", " + otherwise : "");
  }

  /** Returns what to say behind a saving that nobody measured. */
  String remark() {
    return measured() ? " (" + otherwise + ")" : "";
  }
}
