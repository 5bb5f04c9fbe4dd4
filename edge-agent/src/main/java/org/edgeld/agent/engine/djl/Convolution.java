package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.Range;
import org.edgeld.model.Activation;
import org.edgeld.model.Axis;
import org.edgeld.model.TensorShape;

/**
 * A convolution for some of its output channels, with those channels' weights as a view.
 *
 * @param inPerGroup input channels of one group
 * @param outPerGroup output channels of one group
 * @param stride step along height and width
 * @param dilation distance of taps along height and width
 */
record Convolution(int inPerGroup, int outPerGroup, Shape stride, Shape dilation) {
  /** A packed call takes some 15 µs longer than an ordinary one, in which this much is moved. */
  private static final long WORTH_PACKING_BYTES = 1 << 17;

  /**
   * Output channels computed by one call: whole groups, or some channels of one group.
   *
   * @param outputs output channels
   * @param inputs input channels of their groups
   * @param groups number of groups
   */
  private record Part(Range outputs, Range inputs, int groups) {}

  /**
   * Convolves and activates.
   *
   * @param x the input channels of all groups that the region's channels belong to
   * @param pad padding at both sides along height and width
   * @return a new tensor of the region's channels
   */
  NDArray compute(Operands on, NDArray x, Shape pad, Activation activation) {
    List<Part> parts = parts(on.region().channels());
    int first = inputs(on.region().channels()).start();
    NDList outputs = new NDList(parts.size());
    for (Part part : parts) {
      NDArray own =
          parts.size() == 1
              ? x
              : on.temporary(
                  Layout.view(
                      x,
                      Axis.CHANNELS,
                      new Range(part.inputs().start() - first, part.inputs().end() - first)));
      outputs.add(compute(on, part, own, pad, activation));
    }
    if (outputs.size() == 1) {
      return outputs.singletonOrThrow();
    }
    outputs.forEach(on::temporary);
    return NDArrays.concat(outputs, Layout.position(Axis.CHANNELS));
  }

  private NDArray compute(Operands on, Part part, NDArray x, Shape pad, Activation activation) {
    if (isWorthPacking(on, part, activation, 0)) {
      Optional<PackedConvolution> packed = packed(on, part, x, pad, activation);
      if (packed.isPresent()) {
        return packed.get().compute((PtNDManager) on.scope(), x, pad);
      }
    }
    NDArray y =
        ordinary(x, on.weight(0, part.outputs()), on.bias(part.outputs()), pad, part.groups());
    return Activations.fused(activation, y);
  }

  /**
   * Convolves, adds and activates at once.
   *
   * @return a new tensor in the memory of the addend, if this computer can and it is worth it
   */
  Optional<NDArray> plus(Operands on, NDArray x, Shape pad, ConvCall.Addend addend) {
    List<Part> parts = parts(on.region().channels());
    Part part = parts.get(0);
    if (parts.size() > 1 || !isWorthPacking(on, part, addend.activation(), 2)) {
      return Optional.empty();
    }
    return packed(on, part, x, pad, Activation.NONE)
        .map(packed -> packed.plus((PtNDManager) on.scope(), x, pad, addend));
  }

  private Optional<PackedConvolution> packed(
      Operands on, Part part, NDArray x, Shape pad, Activation activation) {
    return on.weights()
        .packed(
            new LayerWeights.Packing(on.summed(), part.outputs(), x.getShape(), pad),
            by -> by.pack(x, pad, on.weight(0, part.outputs()), this, part.groups()),
            (by, weights) ->
                by.with(weights, on.bias(part.outputs()), this, part.groups(), activation));
  }

  /**
   * Tells whether a packed call saves more than it costs: it spares the weights' way into oneDNN's
   * order, and the activation's over the output and back.
   *
   * @param more how often it spares reading or writing the output besides
   */
  private boolean isWorthPacking(Operands on, Part part, Activation activation, int more) {
    if (!FusedConvolutions.canFuse(activation)) {
      return false;
    }
    int channels = part.outputs().size();
    long weightBytes = on.weights().get(0).getShape().size() * TensorShape.ELEMENT_BYTES;
    long moved = weightBytes * channels / on.outputShape().channels();
    if (on.sums()) {
      moved = moved * on.summed().size() / on.in().channels();
    }
    int passes = more + (activation.isNone() ? 0 : 2);
    moved += passes * on.region().bytes() * channels / on.region().channels().size();
    return moved >= WORTH_PACKING_BYTES;
  }

  /** Convolves without an activation, by PyTorch's own call. */
  NDArray ordinary(NDArray x, NDArray weight, NDArray bias, Shape pad, int groups) {
    return Conv2d.conv2d(x, weight, bias, stride, pad, dilation, groups).singletonOrThrow();
  }

  /** Returns the input channels of all groups that some output channels belong to. */
  Range inputs(Range channels) {
    int first = channels.start() / outPerGroup;
    int last = (channels.end() - 1) / outPerGroup;
    return new Range(first * inPerGroup, (last + 1) * inPerGroup);
  }

  private List<Part> parts(Range channels) {
    List<Part> parts = new ArrayList<>();
    int start = channels.start();
    while (start < channels.end()) {
      int group = start / outPerGroup;
      int wholeEnd = channels.end() / outPerGroup;
      boolean whole = start % outPerGroup == 0 && wholeEnd > group;
      int groups = whole ? wholeEnd - group : 1;
      int end = Math.min(channels.end(), (group + groups) * outPerGroup);
      Range inputs = new Range(group * inPerGroup, (group + groups) * inPerGroup);
      parts.add(new Part(new Range(start, end), inputs, groups));
      start = end;
    }
    return parts;
  }
}
