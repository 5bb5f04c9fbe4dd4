package org.edgeld.samples.training;

/**
 * How to train.
 *
 * @param epochs passes over the training pictures
 * @param batchSize pictures per step
 * @param peakLearningRate the optimiser's largest step, reached after the first tenth of all steps
 *     and then lowered along a cosine to nothing (Smith &amp; Topin, "Super-Convergence", 2019)
 * @param maxShift pixels by which a picture may move
 * @param seed of start values, order and augmentation
 */
record TrainingSettings(
    int epochs, int batchSize, double peakLearningRate, int maxShift, long seed) {
  private static final double WARM_UP_SHARE = 0.1;

  /** Returns the learning rate after {@code step} of {@code steps} steps. */
  float learningRate(int step, int steps) {
    double done = Math.min(1, (double) step / steps);
    double share =
        done < WARM_UP_SHARE
            ? (done + 0.1 * WARM_UP_SHARE) / (1.1 * WARM_UP_SHARE)
            : (1 + Math.cos(Math.PI * (done - WARM_UP_SHARE) / (1 - WARM_UP_SHARE))) / 2;
    return (float) (peakLearningRate * share);
  }
}
