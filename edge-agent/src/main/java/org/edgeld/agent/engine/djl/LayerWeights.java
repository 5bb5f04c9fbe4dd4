package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.edgeld.geometry.Range;

/** The weights of one layer in a loaded model, and what was packed of them. */
final class LayerWeights implements AutoCloseable {
  private final List<SharedWeights.Part> parts;
  private final Optional<FusedConvolutions> fused;
  private final Map<Packing, PackedConvolution> packed = new ConcurrentHashMap<>();
  private final Map<Order, PackedWeights> orders = new ConcurrentHashMap<>();

  /**
   * What a convolution is packed for.
   *
   * @param summed input channels of a partial sum, none if all are read
   * @param outputs its output channels
   * @param input its input, NCHW
   * @param pad zeros at both sides of it along height and width
   */
  record Packing(Range summed, Range outputs, Shape input, Shape pad) {}

  private record Order(Range summed, Range outputs, ByteBuffer description) {}

  /**
   * Makes them.
   *
   * @param parts prepared weights in the operator's order, which others may share
   * @param fused what packs convolutions, if this computer can
   */
  LayerWeights(List<SharedWeights.Part> parts, Optional<FusedConvolutions> fused) {
    this.parts = List.copyOf(parts);
    this.fused = fused;
  }

  /** Returns one of the layer's tensors, of all outputs, which the caller must not close. */
  NDArray get(int index) {
    SharedWeights.Part part = parts.get(index);
    if (!part.isWhole()) {
      throw new IllegalStateException(
          "Only the output channels %s were loaded.".formatted(part.outputs()));
    }
    return part.array();
  }

  /** Returns what was loaded of one of the layer's tensors. */
  SharedWeights.Part part(int index) {
    return parts.get(index);
  }

  /**
   * Returns the layer's convolution for some output channels and some size of input, packed when it
   * is first asked for; if this computer can pack at all.
   *
   * @param make makes the convolution of the weights packed for it
   */
  Optional<PackedConvolution> packed(
      Packing packing,
      Function<FusedConvolutions, PackedWeights> pack,
      BiFunction<FusedConvolutions, PackedWeights, PackedConvolution> make) {
    return fused.map(
        by -> packed.computeIfAbsent(packing, key -> make.apply(by, once(key, pack.apply(by)))));
  }

  /** Most sizes want the same order, so weights are kept once an order. */
  private PackedWeights once(Packing key, PackedWeights fresh) {
    PackedWeights known =
        orders.putIfAbsent(new Order(key.summed(), key.outputs(), fresh.order()), fresh);
    if (known == null) {
      return fresh;
    }
    fresh.close();
    return known;
  }

  @Override
  public void close() {
    packed.values().forEach(PackedConvolution::close);
    packed.clear();
    orders.values().forEach(PackedWeights::close);
    orders.clear();
  }
}
