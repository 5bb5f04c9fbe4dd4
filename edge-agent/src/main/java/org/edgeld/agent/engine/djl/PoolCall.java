package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.agent.engine.djl.Padding.Margin;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.ReceptiveField.Need;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * Pooling of a region, equal to the same region of the undivided operator.
 *
 * <p>The undivided average divides by the window's overlap with the input, or, counting padding,
 * with input and padding; what a last window in ceil mode has beyond both is never counted. A
 * strip's borders are not the input's, and DJL does not pass on that padding is not to be counted,
 * so the engine divides by the whole window and corrects the divisor afterwards where it differs.
 */
final class PoolCall {
  private final Operator.Pool2d op;
  private final Operands on;
  private final TensorShape in;
  private final Range rows;
  private final Range columns;
  private final Need vertical;
  private final Need horizontal;
  private final Padding padding;

  PoolCall(Operands on, Operator.Pool2d op) {
    this.op = op;
    this.on = on;
    this.in = on.in();
    this.rows = on.region().rows();
    this.columns = on.region().columns();
    this.vertical = ReceptiveField.need(op.vertical(), rows, in.height());
    this.horizontal = ReceptiveField.need(op.horizontal(), columns, in.width());
    this.padding =
        new Padding(on, op.kind() == Operator.PoolKind.MAX ? Float.NEGATIVE_INFINITY : 0);
  }

  NDArray compute() {
    if (isDilated()) {
      return dilatedMaximum();
    }
    boolean corrects = needsCorrection();
    Region need = on.need(0);
    // the operator's own ceil mode spares a padded copy; a row too many is cropped
    boolean ceil = !corrects && isCeilByOperator() && !need.isEmpty();
    int padRows = 0;
    int padColumns = 0;
    NDArray x;
    if (need.isEmpty()) {
      x = paddingAlone();
    } else {
      Margin above = Margin.of(vertical);
      Margin beside = Margin.of(horizontal);
      if (isByOperator(op.vertical(), vertical, rows.size())) {
        padRows = vertical.padBefore();
        above = Margin.NONE;
      }
      if (ceil || isByOperator(op.horizontal(), horizontal, columns.size())) {
        padColumns = horizontal.padBefore();
        beside = Margin.NONE;
      }
      x = padding.around(on.input(0), above, beside);
    }
    NDArray y = cropped(pool(x, new Shape(padRows, padColumns), ceil));
    return corrects ? corrected(y) : y;
  }

  private NDArray pool(NDArray x, Shape pad, boolean ceil) {
    Shape kernel = new Shape(op.vertical().kernel(), op.horizontal().kernel());
    Shape stride = new Shape(op.vertical().stride(), op.horizontal().stride());
    // DJL 0.35 counts padding even when asked not to, so this always asks for it
    return op.kind() == Operator.PoolKind.MAX
        ? Pool.maxPool2d(x, kernel, stride, pad, ceil)
        : Pool.avgPool2d(x, kernel, stride, pad, ceil, true);
  }

  private boolean isDilated() {
    return op.vertical().dilation() != 1 || op.horizontal().dilation() != 1;
  }

  /** PyTorch's pooling through DJL has no dilation: the maximum over shifted views, by axes. */
  private NDArray dilatedMaximum() {
    NDArray x =
        on.need(0).isEmpty()
            ? paddingAlone()
            : padding.around(on.input(0), Margin.of(vertical), Margin.of(horizontal));
    NDArray tall = on.temporary(maximum(x, Axis.ROWS, op.vertical(), rows.size()));
    return maximum(tall, Axis.COLUMNS, op.horizontal(), columns.size());
  }

  private static NDArray maximum(NDArray x, Axis axis, Window window, int outputs) {
    NDArray most = tap(x, axis, window, outputs, 0);
    for (int t = 1; t < window.kernel(); t++) {
      try (NDArray before = most;
          NDArray tap = tap(x, axis, window, outputs, t)) {
        most = before.maximum(tap);
      }
    }
    return most;
  }

  private static NDArray tap(NDArray x, Axis axis, Window window, int outputs, int tap) {
    int start = tap * window.dilation();
    int end = start + (outputs - 1) * window.stride() + 1;
    return Layout.view(x, axis, start, end, window.stride());
  }

  private NDArray paddingAlone() {
    return on.temporary(
        padding.block(
            on.region().channels().size(),
            (rows.size() - 1) * op.vertical().stride() + op.vertical().extent(),
            (columns.size() - 1) * op.horizontal().stride() + op.horizontal().extent()));
  }

  private NDArray cropped(NDArray y) {
    if (Layout.extent(y, Axis.ROWS) == rows.size()
        && Layout.extent(y, Axis.COLUMNS) == columns.size()) {
      return y;
    }
    Range channels = Range.upTo(on.region().channels().size());
    Region kept = new Region(channels, Range.upTo(rows.size()), Range.upTo(columns.size()));
    return Layout.view(on.temporary(y), kept, kept);
  }

  /** PyTorch refuses to pad a pooling by more than half its window. */
  private static boolean isByOperator(Window window, Need need, int outputs) {
    return need.padBefore() <= window.kernel() / 2 && RowMargin.isSymmetric(window, need, outputs);
  }

  private boolean isCeilByOperator() {
    Window window = op.horizontal();
    return op.ceilMode()
        && columns.equals(Range.upTo(on.outputShape().width()))
        && columns.size() != window.outputSize(in.width())
        && window.padBefore() == window.padAfter()
        && window.padBefore() <= window.kernel() / 2;
  }

  /** Tells whether a window's divisor differs from its size somewhere in the region. */
  private boolean needsCorrection() {
    if (op.kind() == Operator.PoolKind.MAX) {
      return false;
    }
    if (!op.countPadding()) {
      return isPadded(vertical)
          || isPadded(horizontal)
          || vertical.input().isEmpty()
          || horizontal.input().isEmpty();
    }
    // beyond the padding, in ceil mode; the operator's own ceil mode gets the columns right
    return vertical.padAfter() > op.vertical().padAfter()
        || (!isCeilByOperator() && horizontal.padAfter() > op.horizontal().padAfter());
  }

  private static boolean isPadded(Need need) {
    return need.padBefore() > 0 || need.padAfter() > 0;
  }

  /** Replaces the divisor, the whole window, by the undivided operator's. */
  private NDArray corrected(NDArray y) {
    float window = (float) op.vertical().kernel() * op.horizontal().kernel();
    float[] factors = new float[rows.size() * columns.size()];
    for (int r = 0; r < rows.size(); r++) {
      int height = counted(op.vertical(), rows.start() + r, in.height());
      for (int c = 0; c < columns.size(); c++) {
        // a window without anything to count has the sum 0, whatever it is divided by
        int width = counted(op.horizontal(), columns.start() + c, in.width());
        factors[r * columns.size() + c] = window / Math.max(1, height * width);
      }
    }
    try (NDArray factor = on.scope().create(factors, new Shape(1, 1, rows.size(), columns.size()));
        y) {
      return y.mul(factor);
    }
  }

  private int counted(Window window, int output, int size) {
    int low = output * window.stride() - window.padBefore();
    int high = low + window.kernel();
    return op.countPadding()
        ? Math.min(high, size + window.padAfter()) - low
        : Math.max(0, Math.min(high, size) - Math.max(low, 0));
  }
}
