package org.edgeld.geometry;

import java.util.List;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.Resample;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * Which part of its inputs an operator needs for a part of its output, and how much padding it must
 * add itself ({@code algorithms} §1 of the product's documentation).
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
   * Returns what a transposed operator needs for {@code output} along one axis: every input {@code
   * i} with {@code o = i·s − padBefore + t} for an output {@code o} and a {@code t} in {@code [0,
   * extent)}; empty if the outputs lie beyond all of them.
   *
   * @param window the operator's window
   * @param output output indices; empty needs nothing
   * @param inputSize elements of the input along the axis
   */
  public static Range transposedNeed(Window window, Range output, int inputSize) {
    if (output.isEmpty()) {
      return Range.EMPTY;
    }
    int low =
        -Math.floorDiv(window.extent() - 1 - output.start() - window.padBefore(), window.stride());
    int high = Math.floorDiv(output.end() - 1 + window.padBefore(), window.stride()) + 1;
    return Range.clipped(low, high, inputSize);
  }

  /** Returns the input elements that resampling reads for {@code output}. */
  public static Range resampledNeed(Resample resample, Range output) {
    if (output.isEmpty()) {
      return Range.EMPTY;
    }
    // the places read ascend, so the ends decide
    List<Resample.Tap> first = resample.taps(output.start());
    List<Resample.Tap> last = resample.taps(output.end() - 1);
    return new Range(first.get(0).index(), last.get(last.size() - 1).index() + 1);
  }

  /**
   * Tells whether an operator computes some rows of its output from some rows of its inputs.
   * Operators that do not need every row of their input.
   */
  public static boolean splitsByRows(Operator operator) {
    return operator.accept(new Splits(Axis.ROWS));
  }

  /**
   * Tells whether some channels of the output take less than the whole work: each channel is made
   * by itself, from all or from some channels of the input.
   */
  public static boolean splitsByChannels(Operator operator) {
    return operator.accept(new Splits(Axis.CHANNELS));
  }

  /**
   * Returns what an operator needs of one input for a region of its output.
   *
   * @param operator the operator
   * @param index which input
   * @param output region of the output; an empty one needs nothing
   * @param inputs shapes of all inputs
   */
  public static Region input(
      Operator operator, int index, Region output, List<TensorShape> inputs) {
    if (output.isEmpty()) {
      return Region.EMPTY;
    }
    Region need = operator.accept(new InputRegion(index, output, inputs));
    return need.isEmpty() ? Region.EMPTY : need;
  }
}
