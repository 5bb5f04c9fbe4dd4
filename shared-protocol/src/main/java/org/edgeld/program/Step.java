package org.edgeld.program;

import org.edgeld.geometry.Block;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;

/**
 * One instruction of a device's program. Steps run in order; a send only hands its slice over and
 * never waits for the receiver.
 */
public sealed interface Step {
  /** Calls the handler's method for this step. */
  <R> R accept(Handler<R> handler);

  /**
   * One method per kind of step.
   *
   * @param <R> what the treatment yields
   */
  interface Handler<R> {
    R receive(Receive step);

    R compute(Compute step);

    R send(Send step);

    R release(Release step);
  }

  /**
   * Waits until another device's slice has arrived.
   *
   * @param slice what arrives
   * @param from who sends it
   */
  record Receive(Slice slice, DeviceId from) implements Step {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.receive(this);
    }
  }

  /**
   * Computes a slice of a block's output from the rows of its input held here.
   *
   * @param block the layers, run without exchange
   * @param output the slice of the block's output tensor to compute
   */
  record Compute(Block block, Slice output) implements Step {
    public Compute {
      if (!output.tensor().equals(block.output())) {
        throw new IllegalArgumentException(
            "The block yields " + block.output() + ", not " + output.tensor() + ".");
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.compute(this);
    }
  }

  /**
   * Hands a slice held here to another device.
   *
   * @param slice what travels
   * @param to who receives it
   */
  record Send(Slice slice, DeviceId to) implements Step {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.send(this);
    }
  }

  /**
   * Gives up everything held of a tensor.
   *
   * @param tensor no longer needed on this device
   */
  record Release(TensorId tensor) implements Step {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.release(this);
    }
  }
}
