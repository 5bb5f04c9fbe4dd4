package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.edgeld.geometry.ReceptiveField.Need;
import org.edgeld.model.Axis;

/** Padding around tensors whose memory is channels-last, and stays so. */
final class Padding {
  private final NDManager scope;
  private final Temporaries temporaries;
  private final float value;

  /**
   * Makes padding.
   *
   * @param on owns whatever is created
   * @param value what the padding consists of
   */
  Padding(Operands on, float value) {
    this.scope = on.scope();
    this.temporaries = on.temporaries();
    this.value = value;
  }

  /**
   * Elements around a tensor along one axis.
   *
   * @param before elements before the first
   * @param after elements after the last
   */
  record Margin(int before, int after) {
    static final Margin NONE = new Margin(0, 0);

    static Margin of(Need need) {
      return new Margin(need.padBefore(), need.padAfter());
    }

    boolean isNone() {
      return before == 0 && after == 0;
    }

    int sum() {
      return before + after;
    }
  }

  /** Returns {@code x} between padding, copied once at most; {@code x} itself if there is none. */
  NDArray around(NDArray x, Margin rows, Margin columns) {
    if (columns.isNone()) {
      return along(x, Axis.ROWS, rows);
    }
    return rows.isNone()
        ? along(x, Axis.COLUMNS, columns)
        : temporaries.add(framed(x, Margin.NONE, rows, columns));
  }

  /** Returns {@code x} between padding along an axis, {@code x} itself if there is none. */
  NDArray along(NDArray x, Axis axis, Margin margin) {
    if (margin.isNone()) {
      return x;
    }
    NDList parts = new NDList(3);
    if (margin.before() > 0) {
      parts.add(temporaries.add(beside(x, axis, margin.before())));
    }
    parts.add(x);
    if (margin.after() > 0) {
      parts.add(temporaries.add(beside(x, axis, margin.after())));
    }
    return temporaries.add(NDArrays.concat(parts, Layout.position(axis)));
  }

  private NDArray beside(NDArray x, Axis axis, int size) {
    return block(
        axis == Axis.CHANNELS ? size : Layout.extent(x, Axis.CHANNELS),
        axis == Axis.ROWS ? size : Layout.extent(x, Axis.ROWS),
        axis == Axis.COLUMNS ? size : Layout.extent(x, Axis.COLUMNS));
  }

  /** Returns a new tensor, {@code x} between padding. */
  NDArray framed(NDArray x, Margin channels, Margin rows, Margin columns) {
    return spread(x, channels, rows, columns, 1, 1);
  }

  /**
   * Returns a new tensor, {@code x} between padding and with padding between its own rows and
   * columns.
   *
   * @param rowStep distance of rows that were neighbours
   * @param columnStep distance of columns that were neighbours
   */
  NDArray spread(
      NDArray x, Margin channels, Margin rows, Margin columns, int rowStep, int columnStep) {
    int c = Layout.extent(x, Axis.CHANNELS);
    int h = (Layout.extent(x, Axis.ROWS) - 1) * rowStep + 1;
    int w = (Layout.extent(x, Axis.COLUMNS) - 1) * columnStep + 1;
    NDArray all = block(c + channels.sum(), h + rows.sum(), w + columns.sum());
    all.set(
        new NDIndex()
            .addAllDim()
            .addSliceDim(channels.before(), channels.before() + c)
            .addSliceDim(rows.before(), rows.before() + h, rowStep)
            .addSliceDim(columns.before(), columns.before() + w, columnStep),
        x);
    return all;
  }

  /** Returns a new tensor of padding alone. */
  NDArray block(int channels, int height, int width) {
    Shape shape = new Shape(1, height, width, channels);
    NDArray nhwc =
        temporaries.add(
            value == 0 ? scope.zeros(shape, DataType.FLOAT32) : scope.full(shape, value));
    return Layout.fromNhwc(nhwc);
  }
}
