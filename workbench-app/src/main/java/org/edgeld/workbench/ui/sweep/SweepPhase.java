package org.edgeld.workbench.ui.sweep;

/** What is done with a sweep. */
public enum SweepPhase {
  /** It is designed; nothing is open. */
  DESIGN,
  /** A trial is under way. */
  MEASURING,
  /** The trial under way is the last before it waits. */
  PAUSING,
  /** It waits. */
  PAUSED,
  /** It is to stop. */
  CANCELLING,
  /** Tables and report are written. */
  WRITING,
  /** Nothing is under way: all is measured, or it may be gone on with. */
  AT_REST
}
