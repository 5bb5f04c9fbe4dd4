package org.edgeld.geometry;

import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;

/**
 * Floating-point operations of an operator for a region of its output. A multiply-add counts as
 * two; moving elements counts as none; an activation fused into a convolution, a linear layer or an
 * arithmetic operator is not counted.
 *
 * @param inputs shapes of its inputs
 * @param region not empty
 */
record OperatorFlops(List<TensorShape> inputs, Region region) implements Operator.Handler<Long> {
  @Override
  public Long conv2d(Operator.Conv2d op) {
    long taps =
        (long) op.inChannels() / op.groups() * op.vertical().kernel() * op.horizontal().kernel();
    return 2 * region.elements() * (taps + 1);
  }

  @Override
  public Long convTranspose2d(Operator.ConvTranspose2d op) {
    // the taps that meet an element and not one of the zeros between them, on average
    long taps =
        (long) op.inChannels() / op.groups() * op.vertical().kernel() * op.horizontal().kernel();
    long strides = (long) op.vertical().stride() * op.horizontal().stride();
    return 2 * region.elements() * taps / strides + 2 * region.elements();
  }

  @Override
  public Long pool2d(Operator.Pool2d op) {
    return region.elements() * op.vertical().kernel() * op.horizontal().kernel();
  }

  @Override
  public Long activate(Operator.Activate op) {
    return op.activation().kind() == Activation.Kind.NONE ? 0 : region.elements();
  }

  @Override
  public Long prelu(Operator.Prelu op) {
    return region.elements();
  }

  @Override
  public Long channelAffine(Operator.ChannelAffine op) {
    return 2 * region.elements();
  }

  @Override
  public Long elementwise(Operator.Elementwise op) {
    return region.elements() * (inputs.size() - 1);
  }

  @Override
  public Long elementwiseConstant(Operator.ElementwiseConstant op) {
    return region.elements();
  }

  @Override
  public Long concat(Operator.Concat op) {
    return 0L;
  }

  @Override
  public Long crop(Operator.Crop op) {
    return 0L;
  }

  @Override
  public Long pad(Operator.Pad op) {
    return 0L;
  }

  @Override
  public Long reduce(Operator.Reduce op) {
    return region.elements() * op.axes().extent(inputs.get(0));
  }

  @Override
  public Long flatten(Operator.Flatten op) {
    return 0L;
  }

  @Override
  public Long reshape(Operator.Reshape op) {
    return 0L;
  }

  @Override
  public Long transpose(Operator.Transpose op) {
    return 0L;
  }

  @Override
  public Long channelShuffle(Operator.ChannelShuffle op) {
    return 0L;
  }

  @Override
  public Long depthToSpace(Operator.DepthToSpace op) {
    return 0L;
  }

  @Override
  public Long resize(Operator.Resize op) {
    long taps = op.vertical().taps(0).size() * (long) op.horizontal().taps(0).size();
    return taps == 1 ? 0 : 2 * taps * region.elements();
  }

  @Override
  public Long linear(Operator.Linear op) {
    return 2 * region.elements() * (op.inFeatures() + 1L);
  }

  @Override
  public Long softmax(Operator.Softmax op) {
    return 3 * region.elements();
  }

  @Override
  public Long localResponseNorm(Operator.LocalResponseNorm op) {
    return region.elements() * (2L * op.size() + 3);
  }
}
