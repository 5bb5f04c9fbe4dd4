package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.edgeld.geometry.ReceptiveField.Need;
import org.edgeld.model.Window;

/** Rows and columns of padding around tensors whose memory is channels-last, and stays so. */
final class Padding {
  static final int HEIGHT = 2;
  static final int WIDTH = 3;

  private final NDManager scope;
  private final Temporaries temporaries;
  private final float value;

  Padding(NDManager scope, Temporaries temporaries, float value) {
    this.scope = scope;
    this.temporaries = temporaries;
    this.value = value;
  }

  /**
   * Tells whether padding both sides by {@code need.padBefore()} gives the same outputs: the
   * operator then pads by itself and nothing is copied. Padding too much behind is harmless as long
   * as no output more comes of it.
   *
   * @param size elements along the axis, without padding
   * @param outputs outputs wanted
   */
  static boolean isSymmetric(Window window, Need need, int size, int outputs) {
    int pad = need.padBefore();
    return need.padAfter() <= pad
        && Math.floorDiv(size + 2 * pad - window.extent(), window.stride()) + 1 == outputs;
  }

  /** Returns {@code x} between padding along an axis, {@code x} itself if there is none. */
  NDArray around(NDArray x, int axis, int before, int after) {
    NDArray padded = x;
    if (after > 0) {
      padded = join(new NDList(padded, block(x, axis, after)), axis);
    }
    if (before > 0) {
      padded = join(new NDList(block(x, axis, before), padded), axis);
    }
    return padded;
  }

  /** Returns padding alone. */
  NDArray block(int channels, int height, int width) {
    Shape shape = new Shape(1, height, width, channels);
    NDArray nhwc = value == 0 ? scope.zeros(shape, DataType.FLOAT32) : scope.full(shape, value);
    return temporaries.add(temporaries.add(nhwc).transpose(0, 3, 1, 2));
  }

  private NDArray block(NDArray x, int axis, int size) {
    Shape shape = x.getShape();
    return block(
        (int) shape.get(1),
        axis == HEIGHT ? size : (int) shape.get(HEIGHT),
        axis == WIDTH ? size : (int) shape.get(WIDTH));
  }

  private NDArray join(NDList parts, int axis) {
    return temporaries.add(NDArrays.concat(parts, axis));
  }

  /**
   * Returns {@code rows × columns} of {@code y} from row {@code top}, {@code y} itself if that is
   * all of it; else {@code y} is closed.
   */
  static NDArray crop(NDArray y, int top, int rows, int columns) {
    if (y.getShape().get(HEIGHT) == rows && y.getShape().get(WIDTH) == columns) {
      return y;
    }
    NDIndex index =
        new NDIndex().addAllDim().addAllDim().addSliceDim(top, top + rows).addSliceDim(0, columns);
    try (y) {
      return y.get(index);
    }
  }
}
