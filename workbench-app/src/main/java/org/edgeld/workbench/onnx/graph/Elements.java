package org.edgeld.workbench.onnx.graph;

/**
 * The elements of a constant, row-major, read or computed when asked for. Reading may fail
 * unchecked ({@link java.io.UncheckedIOException}) if the disk does.
 */
public interface Elements {
  /** Returns an element as a real number; a whole number beyond 2⁵³ is rounded. */
  double real(int index);

  /** Returns an element as a whole number, a real one being truncated. */
  long integer(int index);

  /**
   * Reads elements as float32.
   *
   * @param start first element
   * @param target filled from its beginning
   * @param count number of elements
   */
  default void read(int start, float[] target, int count) {
    for (int i = 0; i < count; i++) {
      target[i] = (float) real(start + i);
    }
  }

  /** Adds how these elements come about. */
  void identify(Identity identity);

  /** Returns how many steps of arithmetic it takes to compute an element; 0 if it is just read. */
  default int depth() {
    return 0;
  }
}
