package org.edgeld.workbench.profile;

/**
 * What a compute step takes on a device beside the work of its layers: calling the engine, wrapping
 * tensors, waking up. The time of a single layer includes it, that of a fused block has it once.
 *
 * @param computeNanos per compute step, not negative
 */
public record StepOverhead(long computeNanos) {
  /** Steps that take no longer than their layers. */
  public static final StepOverhead NONE = new StepOverhead(0);

  public StepOverhead {
    if (computeNanos < 0) {
      throw new IllegalArgumentException(
          "The overhead of a step (" + computeNanos + " ns) is negative.");
    }
  }
}
