package org.edgeld.agent.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.model.WeightRef;

/** Computes seeded weights; knows no stored ones. */
public final class SeededWeights implements WeightProvider {
  private static final int CHUNK = 4096;
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  @Override
  public void read(WeightRef ref, long firstElement, ByteBuffer target) throws IOException {
    if (!(ref instanceof WeightRef.Seeded seeded)) {
      throw new IOException("The weights " + ref.dims() + " are stored and cannot be computed.");
    }
    fill(seeded, firstElement, target.slice().order(target.order()).asFloatBuffer());
  }

  /**
   * Writes the elements {@link WeightRef.Seeded#element} names, in chunks that stay in the cache.
   */
  private static void fill(WeightRef.Seeded ref, long firstElement, FloatBuffer target) {
    float[] chunk = new float[CHUNK];
    float bound = ref.bound();
    long state = ref.seed() + firstElement * GAMMA;
    while (target.hasRemaining()) {
      int count = Math.min(CHUNK, target.remaining());
      fill(chunk, count, state, bound);
      state += count * GAMMA;
      target.put(chunk, 0, count);
    }
  }

  private static void fill(float[] chunk, int count, long state, float bound) {
    for (int i = 0; i < count; i++) {
      long z = state + (i + 1) * GAMMA;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      // 24 bits are exact as int and as float; the conversion from int is the cheaper one
      chunk[i] = bound * ((int) (z >>> 40) * 0x1p-23f - 1f);
    }
  }
}
