package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import org.edgeld.agent.engine.RowMargin;
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
   * Floating-point operations that cost about as much as a byte of a padded copy: above it, copying
   * rows to pad them beats computing a row too much. Strips of a quarter of VGG16's layers on an
   * x86-64 server with AVX-512: a row more of conv2_2 (19 operations a byte) costs 0.2 ms and the
   * copy 0.6, of conv3_1 and conv3_2 (72) both cost about the same, of conv4_2 (257) the row costs
   * 0.9 ms and the copy 0.5.
   */
  private static final long FLOPS_PER_BYTE = 60;

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
    boolean symmetricRows = RowMargin.isSymmetric(op.vertical(), rows, region.rows().size());
    boolean symmetricColumns =
        RowMargin.isSymmetric(op.horizontal(), columns, region.columns().size());
    Optional<NDArray> padded =
        empty || symmetricRows || !symmetricColumns
            ? Optional.empty()
            : on.padded(new RowMargin(rows.padBefore(), rows.padAfter()));
    boolean computesMore =
        padded.isEmpty() && !symmetricRows && symmetricColumns && isCheaperToComputeMore(op, rows);
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
      x = padded.isPresent() ? padded.get() : padding.around(on.input(0), above, beside);
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
    if (addend.isEmpty()) {
      return y;
    }
    // not in place: what a packed convolution yields may not be changed
    NDArray both = on.temporary(y).add(addend.get().tensor());
    return Activations.fused(addend.get().activation(), both);
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
