package org.edgeld.workbench.fit;

/**
 * A measured box of a layer's output, and what computing it takes.
 *
 * @param layerIndex the layer
 * @param group layers of the same operator and input shapes have the same; they are as one layer
 * @param whole whether the box is the whole output
 * @param flops floating-point operations
 * @param bytes weights, inputs and outputs
 * @param nanos measured time
 */
public record Work(
    int layerIndex, int group, boolean whole, double flops, double bytes, double nanos) {
  /** What is shorter than this (10 µs) has an error relative to it, for it decides nothing. */
  static final double LEAST_NANOS = 10_000;

  /** Returns what errors are relative to, in nanoseconds. */
  double scale() {
    return Math.max(nanos, LEAST_NANOS);
  }

  /** Returns by how much a prediction differs, relative to the measured time. */
  double error(double predictedNanos) {
    return (predictedNanos - nanos) / scale();
  }
}
