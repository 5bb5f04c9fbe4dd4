package org.edgeld.geometry;

import java.util.List;
import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;

/**
 * What an operator needs of one input for a region of its output.
 *
 * @param index which input
 * @param output not empty
 * @param inputs shapes of all inputs
 */
record InputRegion(int index, Region output, List<TensorShape> inputs)
    implements Operator.Handler<Region> {
  private TensorShape input() {
    return inputs.get(index);
  }

  @Override
  public Region conv2d(Operator.Conv2d op) {
    return new Region(
        grouped(op.inChannels(), op.outChannels(), op.groups()),
        ReceptiveField.need(op.vertical(), output.rows(), input().height()).input(),
        ReceptiveField.need(op.horizontal(), output.columns(), input().width()).input());
  }

  @Override
  public Region convTranspose2d(Operator.ConvTranspose2d op) {
    return new Region(
        grouped(op.inChannels(), op.outChannels(), op.groups()),
        ReceptiveField.transposedNeed(op.vertical(), output.rows(), input().height()),
        ReceptiveField.transposedNeed(op.horizontal(), output.columns(), input().width()));
  }

  /** Returns the input channels of all groups that the output channels belong to. */
  private Range grouped(int inChannels, int outChannels, int groups) {
    int in = inChannels / groups;
    int out = outChannels / groups;
    int first = output.channels().start() / out;
    int last = (output.channels().end() - 1) / out;
    return new Range(first * in, (last + 1) * in);
  }

  @Override
  public Region pool2d(Operator.Pool2d op) {
    return new Region(
        output.channels(),
        ReceptiveField.need(op.vertical(), output.rows(), input().height()).input(),
        ReceptiveField.need(op.horizontal(), output.columns(), input().width()).input());
  }

  @Override
  public Region activate(Operator.Activate op) {
    return output;
  }

  @Override
  public Region prelu(Operator.Prelu op) {
    return output;
  }

  @Override
  public Region channelAffine(Operator.ChannelAffine op) {
    return output;
  }

  @Override
  public Region elementwise(Operator.Elementwise op) {
    return broadcast();
  }

  @Override
  public Region elementwiseConstant(Operator.ElementwiseConstant op) {
    return broadcast();
  }

  /** Returns the output's region, and 0 along each axis on which the input is repeated. */
  private Region broadcast() {
    Region need = output;
    for (Axis axis : Axis.values()) {
      if (input().extent(axis) == 1) {
        need = need.with(axis, Range.upTo(1));
      }
    }
    return need;
  }

  @Override
  public Region concat(Operator.Concat op) {
    int before = 0;
    for (int i = 0; i < index; i++) {
      before += inputs.get(i).extent(op.axis());
    }
    Range wanted = output.along(op.axis());
    int extent = input().extent(op.axis());
    return output.with(
        op.axis(), Range.clipped(wanted.start() - before, wanted.end() - before, extent));
  }

  @Override
  public Region crop(Operator.Crop op) {
    return new Region(
        output.channels().shifted(op.channelStart()),
        output.rows().shifted(op.rowStart()),
        output.columns().shifted(op.columnStart()));
  }

  @Override
  public Region pad(Operator.Pad op) {
    return new Region(
        inside(output.channels(), op.channelsBefore(), input().channels()),
        inside(output.rows(), op.top(), input().height()),
        inside(output.columns(), op.left(), input().width()));
  }

  private static Range inside(Range range, int before, int size) {
    return Range.clipped(range.start() - before, range.end() - before, size);
  }

  @Override
  public Region reduce(Operator.Reduce op) {
    return along(op.axes());
  }

  /** Returns the output's region, and everything along some axes. */
  private Region along(Axes axes) {
    Region whole = Region.whole(input());
    return new Region(
        axes.channels() ? whole.channels() : output.channels(),
        axes.rows() ? whole.rows() : output.rows(),
        axes.columns() ? whole.columns() : output.columns());
  }

  @Override
  public Region flatten(Operator.Flatten op) {
    // elements are in CHW order, so a range of them lies in a range of channels
    int map = input().height() * input().width();
    Range channels =
        new Range(output.channels().start() / map, (output.channels().end() - 1) / map + 1);
    return Region.channels(input(), channels);
  }

  @Override
  public Region reshape(Operator.Reshape op) {
    return Region.whole(input());
  }

  @Override
  public Region transpose(Operator.Transpose op) {
    return Region.EMPTY
        .with(op.channels(), output.channels())
        .with(op.rows(), output.rows())
        .with(op.columns(), output.columns());
  }

  @Override
  public Region channelShuffle(Operator.ChannelShuffle op) {
    return new Region(Range.upTo(input().channels()), output.rows(), output.columns());
  }

  @Override
  public Region depthToSpace(Operator.DepthToSpace op) {
    return new Region(
        Range.upTo(input().channels()),
        divided(output.rows(), op.block()),
        divided(output.columns(), op.block()));
  }

  private static Range divided(Range range, int block) {
    return new Range(range.start() / block, (range.end() - 1) / block + 1);
  }

  @Override
  public Region resize(Operator.Resize op) {
    return new Region(
        output.channels(),
        ReceptiveField.resampledNeed(op.vertical(), output.rows()),
        ReceptiveField.resampledNeed(op.horizontal(), output.columns()));
  }

  @Override
  public Region linear(Operator.Linear op) {
    return Region.whole(input());
  }

  @Override
  public Region softmax(Operator.Softmax op) {
    return along(op.axes());
  }

  @Override
  public Region localResponseNorm(Operator.LocalResponseNorm op) {
    Range channels =
        Range.clipped(
            output.channels().start() - (op.size() - 1) / 2,
            output.channels().end() + op.size() / 2,
            input().channels());
    return output.with(Axis.CHANNELS, channels);
  }
}
