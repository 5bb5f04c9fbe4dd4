package org.edgeld.model;

/** Element-wise non-linearity, alone or fused behind another operator. */
public enum Activation {
  /** Identity. */
  NONE,
  /** {@code max(x, 0)}. */
  RELU
}
