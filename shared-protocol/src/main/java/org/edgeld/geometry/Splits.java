package org.edgeld.geometry;

import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;

/**
 * Whether a part of an operator's output along an axis takes a part of the work.
 *
 * @param axis rows, columns or channels
 */
record Splits(Axis axis) implements Operator.Handler<Boolean> {
  @Override
  public Boolean conv2d(Operator.Conv2d op) {
    return true;
  }

  @Override
  public Boolean convTranspose2d(Operator.ConvTranspose2d op) {
    return true;
  }

  @Override
  public Boolean pool2d(Operator.Pool2d op) {
    return true;
  }

  @Override
  public Boolean activate(Operator.Activate op) {
    return true;
  }

  @Override
  public Boolean prelu(Operator.Prelu op) {
    return true;
  }

  @Override
  public Boolean channelAffine(Operator.ChannelAffine op) {
    return true;
  }

  @Override
  public Boolean elementwise(Operator.Elementwise op) {
    return true;
  }

  @Override
  public Boolean elementwiseConstant(Operator.ElementwiseConstant op) {
    return true;
  }

  @Override
  public Boolean concat(Operator.Concat op) {
    return true;
  }

  @Override
  public Boolean crop(Operator.Crop op) {
    return true;
  }

  @Override
  public Boolean pad(Operator.Pad op) {
    return true;
  }

  @Override
  public Boolean reduce(Operator.Reduce op) {
    return !has(op.axes());
  }

  @Override
  public Boolean flatten(Operator.Flatten op) {
    return false;
  }

  @Override
  public Boolean reshape(Operator.Reshape op) {
    return false;
  }

  @Override
  public Boolean transpose(Operator.Transpose op) {
    // a strip of what were columns or channels needs every row of the input
    return switch (axis) {
      case CHANNELS -> op.channels() == Axis.CHANNELS;
      case ROWS -> op.rows() == Axis.ROWS;
      case COLUMNS -> op.columns() == Axis.COLUMNS;
    };
  }

  @Override
  public Boolean channelShuffle(Operator.ChannelShuffle op) {
    return axis != Axis.CHANNELS;
  }

  @Override
  public Boolean depthToSpace(Operator.DepthToSpace op) {
    return axis != Axis.CHANNELS;
  }

  @Override
  public Boolean resize(Operator.Resize op) {
    return true;
  }

  @Override
  public Boolean linear(Operator.Linear op) {
    return axis == Axis.CHANNELS;
  }

  @Override
  public Boolean softmax(Operator.Softmax op) {
    return !has(op.axes());
  }

  @Override
  public Boolean localResponseNorm(Operator.LocalResponseNorm op) {
    return true;
  }

  private boolean has(Axes axes) {
    return switch (axis) {
      case CHANNELS -> axes.channels();
      case ROWS -> axes.rows();
      case COLUMNS -> axes.columns();
    };
  }
}
