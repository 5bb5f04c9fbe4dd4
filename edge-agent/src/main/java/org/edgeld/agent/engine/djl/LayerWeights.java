package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.edgeld.geometry.Range;

/** The weights of one layer in a loaded model, and what was packed of them. */
final class LayerWeights implements AutoCloseable {
  private final List<SharedWeights.Part> parts;
  private final Optional<FusedConvolutions> fused;
  private final Map<Channels, PackedConvolution> packed = new ConcurrentHashMap<>();

  /**
   * Which channels a convolution reads and makes.
   *
   * @param summed input channels of a partial sum, none if all are read
   * @param outputs output channels
   */
  private record Channels(Range summed, Range outputs) {}

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
   * Returns the layer's convolution for some output channels, packed when it is first asked for; if
   * this computer can pack at all.
   *
   * @param summed input channels of a partial sum, none if all are read
   * @param outputs output channels
   */
  Optional<PackedConvolution> packed(
      Range summed, Range outputs, Function<FusedConvolutions, PackedConvolution> pack) {
    Channels channels = new Channels(summed, outputs);
    return fused.map(by -> packed.computeIfAbsent(channels, key -> pack.apply(by)));
  }

  @Override
  public void close() {
    packed.values().forEach(PackedConvolution::close);
    packed.clear();
  }
}
