package org.edgeld.samples.training;

import java.util.stream.IntStream;

/** How a trained network classified pictures it had never seen. */
final class TestResult {
  private final boolean[] right;

  private TestResult(boolean[] right) {
    this.right = right;
  }

  /** Compares the network's classes with the true ones. */
  static TestResult of(LabelledImages images, int[] classes) {
    boolean[] right = new boolean[classes.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = classes[i] == images.label(i);
    }
    return new TestResult(right);
  }

  /** Tells whether a picture got its true class. */
  boolean isRight(int image) {
    return right[image];
  }

  /** Returns how many pictures were classified. */
  int count() {
    return right.length;
  }

  /** Returns the number of pictures that got their true class. */
  int correct() {
    return (int) IntStream.range(0, right.length).filter(this::isRight).count();
  }

  /** Returns the share of pictures that got their true class, 0 to 1. */
  double accuracy() {
    return (double) correct() / count();
  }
}
