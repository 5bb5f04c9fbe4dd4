package org.edgeld.program;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;

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
   * Computes slices of a block's outputs from the slices of its inputs held here. If an output is a
   * partial sum of the block's only layer, only the input channels summed over are read; if parts
   * are given, partial sums held here are added up, and bias and activation applied.
   *
   * @param block the layers, run without exchange
   * @param outputs what to compute of the block's tensors, at least one slice, none empty
   * @param parts input channels of the partial sums to add up, in this order; none if the layers
   *     themselves are to be computed
   */
  record Compute(Block block, List<Slice> outputs, List<Range> parts) implements Step {
    public Compute {
      outputs = List.copyOf(outputs);
      parts = List.copyOf(parts);
      if (outputs.isEmpty()) {
        throw new IllegalArgumentException("A compute step has nothing to compute.");
      }
      for (Slice output : outputs) {
        if (!block.makes(output.tensor()) || output.isEmpty()) {
          throw new IllegalArgumentException(
              "The block of layers [%d, %d) does not make %s."
                  .formatted(block.layerStart(), block.layerEnd(), output));
        }
      }
      if (!parts.isEmpty() && outputs.size() > 1) {
        throw new IllegalArgumentException(
            "Partial sums add up to one slice, not to " + outputs + ".");
      }
    }

    /** Computes the layers themselves. */
    public Compute(Block block, List<Slice> outputs) {
      this(block, outputs, List.of());
    }

    /** Tells whether partial sums are added up. */
    public boolean combines() {
      return !parts.isEmpty();
    }

    /**
     * Returns what the step takes.
     *
     * @param shapes all shapes of the graph
     * @throws IllegalArgumentException if the graph's block does not make the outputs this way
     */
    public BlockTile tile(ModelGraph graph, List<TensorShape> shapes) {
      return combines()
          ? BlockTile.combining(graph, block, outputs.get(0), parts)
          : BlockTile.of(graph, shapes, block, outputs);
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
