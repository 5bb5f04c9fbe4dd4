package org.edgeld.geometry;

import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * Which rows of its inputs an operator needs for rows of its output, and how many padding rows it
 * must add itself ({@code algorithms} §1 of the product's documentation).
 */
public final class ReceptiveField {
  private ReceptiveField() {}

  /**
   * What a window needs along one axis.
   *
   * @param input indices to fetch, within the input
   * @param padBefore padding elements to add before them
   * @param padAfter padding elements to add after them
   */
  public record Need(Range input, int padBefore, int padAfter) {}

  /**
   * Returns what is needed for {@code output} along one axis: from {@code start·s − padBefore} to
   * {@code (end−1)·s − padBefore + extent}, clipped to the input, the clipped part as padding.
   *
   * @param window the sliding window
   * @param output output indices; empty needs nothing
   * @param inputSize elements of the input along the axis
   */
  public static Need need(Window window, Range output, int inputSize) {
    if (output.isEmpty()) {
      return new Need(Range.EMPTY, 0, 0);
    }
    int low = output.start() * window.stride() - window.padBefore();
    int high = (output.end() - 1) * window.stride() - window.padBefore() + window.extent();
    // a window that lies on padding alone still needs a well-formed (empty) range
    int from = Math.min(Math.max(0, low), inputSize);
    int to = Math.max(from, Math.min(inputSize, high));
    return new Need(new Range(from, to), Math.max(0, -low), Math.max(0, high - inputSize));
  }

  /**
   * Tells whether an operator can compute some rows of its output from some rows of its inputs.
   * Operators that cannot need every row of their input.
   */
  public static boolean splitsByRows(Operator operator) {
    return operator.accept(SplitsByRows.INSTANCE);
  }

  /**
   * Returns the input rows needed for output rows, the same for each input of the operator.
   *
   * @param operator the operator
   * @param output output rows
   * @param input shape of the input
   */
  public static Range inputRows(Operator operator, Range output, TensorShape input) {
    return output.isEmpty() ? Range.EMPTY : operator.accept(new InputRows(output, input));
  }

  private record InputRows(Range output, TensorShape input) implements Operator.Handler<Range> {
    @Override
    public Range conv2d(Operator.Conv2d op) {
      return need(op.vertical(), output, input.height()).input();
    }

    @Override
    public Range pool2d(Operator.Pool2d op) {
      return need(op.vertical(), output, input.height()).input();
    }

    @Override
    public Range activate(Operator.Activate op) {
      return output;
    }

    @Override
    public Range add(Operator.Add op) {
      return output;
    }

    @Override
    public Range concat(Operator.Concat op) {
      return output;
    }

    @Override
    public Range globalAveragePool(Operator.GlobalAveragePool op) {
      return Range.upTo(input.height());
    }

    @Override
    public Range flatten(Operator.Flatten op) {
      return Range.upTo(input.height());
    }

    @Override
    public Range linear(Operator.Linear op) {
      return Range.upTo(input.height());
    }

    @Override
    public Range softmax(Operator.Softmax op) {
      return Range.upTo(input.height());
    }
  }

  private enum SplitsByRows implements Operator.Handler<Boolean> {
    INSTANCE;

    @Override
    public Boolean conv2d(Operator.Conv2d op) {
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
    public Boolean add(Operator.Add op) {
      return true;
    }

    @Override
    public Boolean concat(Operator.Concat op) {
      return true;
    }

    @Override
    public Boolean globalAveragePool(Operator.GlobalAveragePool op) {
      return false;
    }

    @Override
    public Boolean flatten(Operator.Flatten op) {
      return false;
    }

    @Override
    public Boolean linear(Operator.Linear op) {
      return false;
    }

    @Override
    public Boolean softmax(Operator.Softmax op) {
      return false;
    }
  }
}
