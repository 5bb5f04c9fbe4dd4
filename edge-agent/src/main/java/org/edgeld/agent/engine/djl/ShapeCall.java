package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import org.edgeld.agent.engine.djl.Padding.Margin;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;

/** What moves elements and computes nothing. */
final class ShapeCall {
  private final Operands on;
  private final Region region;

  ShapeCall(Operands on) {
    this.on = on;
    this.region = on.region();
  }

  NDArray joined(Operator.Concat op) {
    NDList parts = new NDList();
    for (int i = 0; i < on.layer().inputs().size(); i++) {
      if (!on.need(i).isEmpty()) {
        parts.add(on.input(i));
      }
    }
    return parts.size() == 1
        ? same(parts.singletonOrThrow())
        : NDArrays.concat(parts, Layout.position(op.axis()));
  }

  NDArray cropped() {
    return same(on.input(0));
  }

  /** Returns a tensor of its own with the same elements, because each is closed by itself. */
  static NDArray same(NDArray x) {
    return x.reshape(x.getShape());
  }

  NDArray padded(Operator.Pad op) {
    Padding padding = new Padding(on, op.value());
    Region need = on.need(0);
    if (need.isEmpty()) {
      return padding.block(region.channels().size(), region.rows().size(), region.columns().size());
    }
    Margin channels = margin(region.channels(), need.channels().shifted(op.channelsBefore()));
    Margin rows = margin(region.rows(), need.rows().shifted(op.top()));
    Margin columns = margin(region.columns(), need.columns().shifted(op.left()));
    return channels.isNone() && rows.isNone() && columns.isNone()
        ? same(on.input(0))
        : padding.framed(on.input(0), channels, rows, columns);
  }

  private static Margin margin(Range wanted, Range inside) {
    return new Margin(inside.start() - wanted.start(), wanted.end() - inside.end());
  }

  /** Returns elements of the flattened input, which lie in some of its channels. */
  NDArray flattened() {
    Range channels = on.need(0).channels();
    int map = on.in().height() * on.in().width();
    // logical order is CHW whatever the memory, so this copies exactly when it must
    NDArray all = on.input(0).reshape(1, (long) channels.size() * map, 1, 1);
    if (region.channels().size() == channels.size() * map) {
      return all;
    }
    Range own = region.channels().shifted(-channels.start() * map);
    return Layout.view(on.temporary(all), Axis.CHANNELS, own);
  }

  NDArray reshaped(Operator.Reshape op) {
    TensorShape shape = op.shape();
    NDArray all =
        on.temporary(on.input(0).reshape(1, shape.channels(), shape.height(), shape.width()));
    return channelsLast(on.temporary(Layout.view(all, Region.whole(shape), region)));
  }

  NDArray transposed(Operator.Transpose op) {
    return channelsLast(
        on.temporary(
            on.input(0)
                .transpose(
                    0,
                    Layout.position(op.channels()),
                    Layout.position(op.rows()),
                    Layout.position(op.columns()))));
  }

  /** Returns the tensor with channels-last memory, copied only if its memory is not. */
  private NDArray channelsLast(NDArray x) {
    NDArray nhwc = on.temporary(Layout.toNhwc(x));
    NDArray flat = on.temporary(nhwc.reshape(nhwc.size()));
    return Layout.fromNhwc(on.temporary(flat.reshape(nhwc.getShape())));
  }

  NDArray shuffled(Operator.ChannelShuffle op) {
    int groups = op.groups();
    long height = region.rows().size();
    long width = region.columns().size();
    // channel j·groups + g reads g·perGroup + j
    int perGroup = on.in().channels() / groups;
    Range some =
        new Range(region.channels().start() / groups, (region.channels().end() - 1) / groups + 1);
    NDArray nhwc = on.temporary(Layout.toNhwc(on.input(0)));
    NDArray apart = on.temporary(nhwc.reshape(height, width, groups, perGroup));
    NDArray read = on.temporary(apart.get(":, :, :, {}:{}", some.start(), some.end()));
    NDArray moved = on.temporary(read.transpose(0, 1, 3, 2));
    NDArray joined = on.temporary(moved.reshape(1, height, width, (long) some.size() * groups));
    NDArray y = Layout.fromNhwc(joined);
    return kept(y, region.channels(), some.start() * groups, Axis.CHANNELS);
  }

  NDArray depthToSpace(Operator.DepthToSpace op) {
    int block = op.block();
    Region need = on.need(0);
    long height = need.rows().size();
    long width = need.columns().size();
    long channels = on.outputShape().channels();
    NDArray nhwc = on.temporary(Layout.toNhwc(on.input(0)));
    NDArray apart =
        on.temporary(
            op.channelsFirst()
                ? nhwc.reshape(height, width, channels, block, block)
                : nhwc.reshape(height, width, block, block, channels));
    NDArray moved =
        on.temporary(
            op.channelsFirst() ? apart.transpose(0, 3, 1, 4, 2) : apart.transpose(0, 2, 1, 3, 4));
    Range some = region.channels();
    NDArray read = on.temporary(moved.get(":, :, :, :, {}:{}", some.start(), some.end()));
    NDArray joined = on.temporary(read.reshape(1, height * block, width * block, some.size()));
    NDArray y = Layout.fromNhwc(joined);
    y = kept(y, region.rows(), need.rows().start() * block, Axis.ROWS);
    return kept(y, region.columns(), need.columns().start() * block, Axis.COLUMNS);
  }

  /** Returns a range along an axis of an array that starts at {@code start}; closes the array. */
  private NDArray kept(NDArray y, Range wanted, int start, Axis axis) {
    return wanted.size() == Layout.extent(y, axis)
        ? y
        : Layout.view(on.temporary(y), axis, wanted.shifted(-start));
  }
}
