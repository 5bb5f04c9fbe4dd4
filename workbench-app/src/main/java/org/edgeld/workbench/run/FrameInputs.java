package org.edgeld.workbench.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Different inputs for the frames of a batch, made of one: the input itself, and mixtures of it
 * with noise of the same mean and variance. They cost the same work and give other outputs, so a
 * frame that got a slice of another one is noticed.
 */
final class FrameInputs {
  /** How much of a mixture is noise. */
  private static final double NOISE_SHARE = 0.5;

  /** Of the uniform distribution over −½ … ½, the factor that makes its variance 1. */
  private static final double UNIT_VARIANCE = Math.sqrt(12);

  private FrameInputs() {}

  /**
   * Returns inputs of one shape. The same seed gives the same ones.
   *
   * @param input the first of them, as it is
   * @param count how many, at least 1
   * @param seed of the noise
   */
  static List<HostTensor> of(HostTensor input, int count, long seed) {
    FloatBuffer values = OutputCheck.floats(input);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < values.limit(); i++) {
      sum += values.get(i);
      squares += (double) values.get(i) * values.get(i);
    }
    double mean = sum / values.limit();
    double deviation = Math.sqrt(Math.max(0, squares / values.limit() - mean * mean));
    SplittableRandom random = new SplittableRandom(seed);
    List<HostTensor> inputs = new ArrayList<>(List.of(input));
    while (inputs.size() < count) {
      ByteBuffer mixed =
          ByteBuffer.allocateDirect(input.shape().bytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < values.limit(); i++) {
        double noise = mean + deviation * UNIT_VARIANCE * (random.nextDouble() - 0.5);
        mixed.putFloat((float) ((1 - NOISE_SHARE) * values.get(i) + NOISE_SHARE * noise));
      }
      inputs.add(new HostTensor(input.shape(), mixed.flip()));
    }
    return inputs;
  }
}
