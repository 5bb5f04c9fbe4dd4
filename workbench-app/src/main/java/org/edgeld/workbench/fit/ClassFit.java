package org.edgeld.workbench.fit;

import java.util.List;

/**
 * The times of one class of operators on one device: {@code t = overhead + F·nanosPerFlop +
 * bytes·nanosPerByte}, no part negative. It is a sum where the roofline model (Williams et al.,
 * CACM 2009) has a maximum: most kernels compute and load in turns.
 *
 * @param kind the class
 * @param overheadNanos of a call
 * @param nanosPerFlop time of an operation; 0 if they cost nothing beside the rest
 * @param nanosPerByte time of a byte of weights, inputs or outputs; 0 as above
 * @param layers how many different layers it was fitted to
 * @param samples how many boxes of them
 */
public record ClassFit(
    OperatorClass kind,
    double overheadNanos,
    double nanosPerFlop,
    double nanosPerByte,
    int layers,
    int samples) {
  /** Fits the least relative squares. */
  static ClassFit of(OperatorClass kind, List<Work> works) {
    double[] factors =
        NonNegativeFit.solve(
            works.stream().map(work -> new double[] {1, work.flops(), work.bytes()}).toList(),
            works.stream().mapToDouble(Work::nanos).toArray(),
            works.stream().mapToDouble(Work::scale).toArray());
    int layers = (int) works.stream().map(Work::group).distinct().count();
    return new ClassFit(kind, factors[0], factors[1], factors[2], layers, works.size());
  }

  /** Returns the time of some work, in nanoseconds. */
  public double nanos(double flops, double bytes) {
    return overheadNanos + flops * nanosPerFlop + bytes * nanosPerByte;
  }
}
