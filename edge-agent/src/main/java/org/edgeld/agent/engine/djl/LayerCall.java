package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;

/**
 * One layer computed for a region: yields a new tensor in the tile's scope.
 *
 * @param on what it is computed from
 */
record LayerCall(Operands on) implements Operator.Handler<NDArray> {
  @Override
  public NDArray conv2d(Operator.Conv2d op) {
    return new ConvCall(on).ordinary(op);
  }

  @Override
  public NDArray convTranspose2d(Operator.ConvTranspose2d op) {
    return new TransposedConvCall(on, op).compute();
  }

  @Override
  public NDArray pool2d(Operator.Pool2d op) {
    return new PoolCall(on, op).compute();
  }

  @Override
  public NDArray activate(Operator.Activate op) {
    return Activations.apply(op.activation(), on.input(0));
  }

  @Override
  public NDArray prelu(Operator.Prelu op) {
    return new ElementwiseCall(on).prelu();
  }

  @Override
  public NDArray channelAffine(Operator.ChannelAffine op) {
    return new ElementwiseCall(on).channelAffine(op);
  }

  @Override
  public NDArray elementwise(Operator.Elementwise op) {
    return new ElementwiseCall(on).tensors(op);
  }

  @Override
  public NDArray elementwiseConstant(Operator.ElementwiseConstant op) {
    return new ElementwiseCall(on).constant(op);
  }

  @Override
  public NDArray concat(Operator.Concat op) {
    return new ShapeCall(on).joined(op);
  }

  @Override
  public NDArray crop(Operator.Crop op) {
    return new ShapeCall(on).cropped();
  }

  @Override
  public NDArray pad(Operator.Pad op) {
    return new ShapeCall(on).padded(op);
  }

  @Override
  public NDArray reduce(Operator.Reduce op) {
    return new ReduceCall(on).reduced(op);
  }

  @Override
  public NDArray flatten(Operator.Flatten op) {
    return new ShapeCall(on).flattened();
  }

  @Override
  public NDArray reshape(Operator.Reshape op) {
    return new ShapeCall(on).reshaped(op);
  }

  @Override
  public NDArray transpose(Operator.Transpose op) {
    return new ShapeCall(on).transposed(op);
  }

  @Override
  public NDArray channelShuffle(Operator.ChannelShuffle op) {
    return new ShapeCall(on).shuffled(op);
  }

  @Override
  public NDArray depthToSpace(Operator.DepthToSpace op) {
    return new ShapeCall(on).depthToSpace(op);
  }

  @Override
  public NDArray resize(Operator.Resize op) {
    return new ResizeCall(on, op).compute();
  }

  @Override
  public NDArray linear(Operator.Linear op) {
    NDArray x = on.temporary(on.input(0).reshape(1, on.need(0).channels().size()));
    NDArray weight = on.weight(0, on.region().channels());
    NDArray bias = on.bias(on.region().channels());
    NDArray y = ai.djl.nn.core.Linear.linear(x, weight, bias).singletonOrThrow();
    Activation activation = on.sums() ? Activation.NONE : op.activation();
    return on.temporary(Activations.fused(activation, y))
        .reshape(1, on.region().channels().size(), 1, 1);
  }

  @Override
  public NDArray softmax(Operator.Softmax op) {
    return new ReduceCall(on).softmax(op);
  }

  @Override
  public NDArray localResponseNorm(Operator.LocalResponseNorm op) {
    return new ReduceCall(on).localResponseNorm(op);
  }
}
