package org.edgeld.agent.engine.djl;

import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;

/**
 * Convolution weights in one of oneDNN's own orders. Which one is best depends on the input's size;
 * weights in another order than wanted are brought into it in every call, which may take ten times
 * as long as the convolution.
 *
 * @param value the weights
 * @param order oneDNN's description of their order; equal orders, equal descriptions
 */
record PackedWeights(IValue value, ByteBuffer order) implements AutoCloseable {
  @Override
  public void close() {
    value.close();
  }
}
