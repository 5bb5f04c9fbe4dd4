package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;

/**
 * How tensors lie: logically NCHW with batch 1, in memory NHWC. Everything here is a view unless it
 * says that it copies; whoever calls closes it.
 */
final class Layout {
  private Layout() {}

  /** Returns the position of an axis in the logical order. */
  static int position(Axis axis) {
    return axis.ordinal() + 1;
  }

  /** Returns the size along an axis. */
  static int extent(NDArray x, Axis axis) {
    return (int) x.getShape().get(position(axis));
  }

  /** Returns a tensor in memory order, 1 × H × W × C. */
  static NDArray toNhwc(NDArray x) {
    return x.transpose(0, 2, 3, 1);
  }

  /** Returns the tensor whose memory order is {@code nhwc}. */
  static NDArray fromNhwc(NDArray nhwc) {
    return nhwc.transpose(0, 3, 1, 2);
  }

  /**
   * Returns part of what an array holds of a tensor.
   *
   * @param held the region that {@code x} is
   * @param wanted a region inside it
   */
  static NDArray view(NDArray x, Region held, Region wanted) {
    NDIndex index = new NDIndex().addAllDim();
    for (Axis axis : Axis.values()) {
      int start = wanted.along(axis).start() - held.along(axis).start();
      index.addSliceDim(start, start + wanted.along(axis).size());
    }
    return x.get(index);
  }

  /** Returns part of an array along one axis. */
  static NDArray view(NDArray x, Axis axis, Range range) {
    return view(x, axis, range.start(), range.end(), 1);
  }

  /** Returns every {@code step}-th element from {@code start} to before {@code end}. */
  static NDArray view(NDArray x, Axis axis, int start, int end, int step) {
    NDIndex index = new NDIndex().addAllDim();
    for (Axis other : Axis.values()) {
      if (other == axis) {
        index.addSliceDim(start, end, step);
      } else {
        index.addAllDim();
      }
    }
    return x.get(index);
  }
}
