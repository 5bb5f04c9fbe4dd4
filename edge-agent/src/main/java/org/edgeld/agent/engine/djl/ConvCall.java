package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.edgeld.agent.engine.djl.Padding.Margin;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.geometry.ReceptiveField.Need;
import org.edgeld.geometry.Region;
import org.edgeld.model.Activation;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.Window;

/** Convolutions, ordinary and transposed, of a region. */
final class ConvCall {
  /**
   * Floating-point operations that cost about as much as moving one byte: above it, copying rows to
   * pad them beats computing a row too much.
   */
  private static final long FLOPS_PER_BYTE = 15;

  private final Operands on;
  private final Region region;
  private final Padding padding;

  ConvCall(Operands on) {
    this.on = on;
    this.region = on.region();
    this.padding = new Padding(on, 0);
  }

  /**
   * Something to be added to a convolution.
   *
   * @param tensor as large as the convolution's output; may be overwritten, and is not what is
   *     convolved
   * @param activation of the sum, none or ReLU
   */
  record Addend(NDArray tensor, Activation activation) {}

  NDArray ordinary(Operator.Conv2d op) {
    return ordinary(op, Optional.empty());
  }

  /**
   * Returns the activated sum of a convolution without an activation and another tensor, whose
   * memory it may take.
   */
  NDArray plus(Operator.Conv2d op, Addend addend) {
    return ordinary(op, Optional.of(addend));
  }

  private NDArray ordinary(Operator.Conv2d op, Optional<Addend> addend) {
    Convolution convolution =
        new Convolution(
            on.sums() ? on.summed().size() : op.inChannels() / op.groups(),
            op.outChannels() / op.groups(),
            new Shape(op.vertical().stride(), op.horizontal().stride()),
            new Shape(op.vertical().dilation(), op.horizontal().dilation()));
    Need rows = ReceptiveField.need(op.vertical(), region.rows(), on.in().height());
    Need columns = ReceptiveField.need(op.horizontal(), region.columns(), on.in().width());
    Region need = on.need(0);
    boolean empty = need.isEmpty();
    boolean symmetricRows = Padding.isSymmetric(op.vertical(), rows, region.rows().size());
    boolean symmetricColumns =
        Padding.isSymmetric(op.horizontal(), columns, region.columns().size());
    boolean computesMore = !symmetricRows && symmetricColumns && isCheaperToComputeMore(op, rows);
    int padRows = 0;
    int padColumns = 0;
    int top = 0;
    NDArray x;
    if (empty) {
      x = paddingAlone(op, convolution.inputs(region.channels()).size());
    } else {
      Margin above = Margin.of(rows);
      Margin beside = Margin.of(columns);
      if (symmetricRows || computesMore) {
        padRows = computesMore ? Math.max(rows.padBefore(), rows.padAfter()) : rows.padBefore();
        top = padRows - rows.padBefore();
        above = Margin.NONE;
      }
      if (symmetricColumns) {
        padColumns = columns.padBefore();
        beside = Margin.NONE;
      }
      x = padding.around(on.input(0), above, beside);
    }
    Activation activation = on.sums() ? Activation.NONE : op.activation();
    Shape pad = new Shape(padRows, padColumns);
    Optional<NDArray> sum =
        computesMore ? Optional.empty() : addend.flatMap(a -> convolution.plus(on, x, pad, a));
    if (sum.isPresent()) {
      return sum.get();
    }
    NDArray y = convolution.compute(on, x, pad, activation);
    if (Layout.extent(y, Axis.ROWS) != region.rows().size()) {
      y = Layout.view(on.temporary(y), Axis.ROWS, new Range(top, top + region.rows().size()));
    }
    return addend.isPresent()
        ? Activations.fused(addend.get().activation(), y.addi(addend.get().tensor()))
        : y;
  }

  /** Returns what windows see that lie beside the input: the result is the bias. */
  private NDArray paddingAlone(Operator.Conv2d op, int channels) {
    return on.temporary(
        padding.block(
            channels,
            span(op.vertical(), region.rows().size()),
            span(op.horizontal(), region.columns().size())));
  }

  private static int span(Window window, int outputs) {
    return (outputs - 1) * window.stride() + window.extent();
  }

  /**
   * Tells whether padding both sides alike and dropping the rows too many costs less than a padded
   * copy of the input. With a stride above 1 the windows would not stay aligned.
   */
  private boolean isCheaperToComputeMore(Operator.Conv2d op, Need rows) {
    if (op.vertical().stride() != 1) {
      return false;
    }
    long taps =
        (long) op.vertical().kernel() * op.horizontal().kernel() * op.inChannels() / op.groups();
    long extraRows = Math.abs(rows.padBefore() - rows.padAfter());
    long rowElements = (long) region.channels().size() * region.columns().size();
    long extraFlops = 2 * extraRows * rowElements * taps;
    return extraFlops < FLOPS_PER_BYTE * on.need(0).bytes();
  }
}
