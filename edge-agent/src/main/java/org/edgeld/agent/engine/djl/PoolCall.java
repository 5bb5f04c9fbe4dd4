package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.ReceptiveField.Need;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * Pooling of some rows, equal to the same rows of the undivided operator.
 *
 * <p>The undivided average divides by the window's overlap with the input, or, counting padding,
 * with input and padding; what a last window in ceil mode has beyond both is never counted. A
 * strip's borders are not the input's, and DJL does not pass on that padding is not to be counted,
 * so the engine divides by the whole window and corrects the divisor afterwards where it differs.
 */
final class PoolCall {
  private final Operator.Pool2d op;
  private final TensorShape in;
  private final int columns;
  private final Range rows;
  private final Need vertical;
  private final Need horizontal;
  private final Padding padding;
  private final NDManager scope;

  PoolCall(
      Operator.Pool2d op,
      TensorShape in,
      int columns,
      Range rows,
      Need vertical,
      Padding padding,
      NDManager scope) {
    this.op = op;
    this.in = in;
    this.columns = columns;
    this.rows = rows;
    this.vertical = vertical;
    this.horizontal = ReceptiveField.need(op.horizontal(), Range.upTo(columns), in.width());
    this.padding = padding;
    this.scope = scope;
  }

  /**
   * Pools.
   *
   * @param x the rows that {@code vertical} names, or padding alone if it names none
   */
  NDArray compute(NDArray x) {
    boolean corrects = needsCorrection();
    NDArray input = x;
    int padRows = 0;
    if (isByOperator(op.vertical(), vertical, vertical.input().size(), rows.size())) {
      padRows = vertical.padBefore();
    } else if (!vertical.input().isEmpty()) {
      input = padding.around(input, Padding.HEIGHT, vertical.padBefore(), vertical.padAfter());
    }
    int padColumns = horizontal.padBefore();
    // the operator's own ceil mode spares a padded copy; a row too many is cropped
    boolean ceil = !corrects && isCeilByOperator();
    if (!ceil && !isByOperator(op.horizontal(), horizontal, in.width(), columns)) {
      padColumns = 0;
      input = padding.around(input, Padding.WIDTH, horizontal.padBefore(), horizontal.padAfter());
    }
    NDArray y = pool(input, new Shape(padRows, padColumns), ceil);
    y = Padding.crop(y, 0, rows.size(), columns);
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

  /** PyTorch refuses to pad a pooling by more than half its window. */
  private static boolean isByOperator(Window window, Need need, int size, int outputs) {
    return !need.input().isEmpty()
        && need.padBefore() <= window.kernel() / 2
        && Padding.isSymmetric(window, need, size, outputs);
  }

  private boolean isCeilByOperator() {
    Window window = op.horizontal();
    return op.ceilMode()
        && columns != window.outputSize(in.width())
        && window.padBefore() == window.padAfter()
        && window.padBefore() <= window.kernel() / 2;
  }

  /** Tells whether a window's divisor differs from its size somewhere in these rows. */
  private boolean needsCorrection() {
    if (op.kind() == Operator.PoolKind.MAX) {
      return false;
    }
    if (!op.countPadding()) {
      return isPadded(vertical) || isPadded(horizontal) || vertical.input().isEmpty();
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
    float[] factors = new float[rows.size() * columns];
    for (int r = 0; r < rows.size(); r++) {
      int height = counted(op.vertical(), rows.start() + r, in.height());
      for (int c = 0; c < columns; c++) {
        // a window without anything to count has the sum 0, whatever it is divided by
        int divisor = Math.max(1, height * counted(op.horizontal(), c, in.width()));
        factors[r * columns + c] = window / divisor;
      }
    }
    try (NDArray factor = scope.create(factors, new Shape(1, 1, rows.size(), columns));
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
