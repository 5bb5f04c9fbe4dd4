package org.edgeld.agent.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.edgeld.model.WeightRef;

/**
 * Gives the bytes of weights, stored or derived from a seed. The engine supplies the memory, which
 * is its own: weights never count against the virtual machine's limit for direct buffers, which on
 * a 1 GB board is smaller than VGG16.
 */
@FunctionalInterface
public interface WeightProvider {
  /**
   * Writes part of one weight tensor.
   *
   * @param ref which weights
   * @param firstElement position of the first element wanted, in row-major order
   * @param target direct buffer in native byte order, to be filled with float32 from there on
   * @throws IOException if the weights are not on this device
   */
  void read(WeightRef ref, long firstElement, ByteBuffer target) throws IOException;

  /**
   * Writes one weight tensor.
   *
   * @param ref which weights
   * @param target direct buffer in native byte order with {@code ref.bytes()} remaining, to be
   *     filled with float32, row-major
   * @throws IOException if the weights are not on this device
   */
  default void read(WeightRef ref, ByteBuffer target) throws IOException {
    read(ref, 0, target);
  }
}
