package org.edgeld.agent.engine;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;

/**
 * One operator by textbook loops.
 *
 * @param inputs its inputs
 * @param out the shape of its output
 * @param weights its weights
 * @param dims the extents of its weights
 */
record NaiveCall(
    List<NaiveTensor> inputs, TensorShape out, List<float[]> weights, List<List<Integer>> dims)
    implements Operator.Handler<NaiveTensor> {
  private NaiveTensor in() {
    return inputs.get(0);
  }

  private static NaiveTensor activate(NaiveTensor y, Activation activation) {
    return NaiveTensor.of(
        y.shape(), (c, row, column) -> NaiveActivation.of(activation, y.at(c, row, column)));
  }

  @Override
  public NaiveTensor conv2d(Operator.Conv2d op) {
    return activate(new NaiveWindows(in(), out, weights).convolved(op), op.activation());
  }

  @Override
  public NaiveTensor convTranspose2d(Operator.ConvTranspose2d op) {
    return activate(new NaiveWindows(in(), out, weights).transposed(op), op.activation());
  }

  @Override
  public NaiveTensor pool2d(Operator.Pool2d op) {
    return new NaiveWindows(in(), out, weights).pooled(op);
  }

  @Override
  public NaiveTensor activate(Operator.Activate op) {
    return activate(in(), op.activation());
  }

  @Override
  public NaiveTensor prelu(Operator.Prelu op) {
    return NaiveTensor.of(
        out,
        (c, row, column) -> {
          double x = in().at(c, row, column);
          return x > 0 ? x : weights.get(0)[c] * x;
        });
  }

  @Override
  public NaiveTensor channelAffine(Operator.ChannelAffine op) {
    NaiveTensor y =
        NaiveTensor.of(
            out,
            (c, row, column) -> weights.get(0)[c] * in().at(c, row, column) + weights.get(1)[c]);
    return activate(y, op.activation());
  }

  private static DoubleBinaryOperator arithmetic(Operator.Arithmetic arithmetic) {
    return switch (arithmetic) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
    };
  }

  @Override
  public NaiveTensor elementwise(Operator.Elementwise op) {
    DoubleBinaryOperator arithmetic = arithmetic(op.arithmetic());
    NaiveTensor y =
        NaiveTensor.of(
            out,
            (c, row, column) ->
                inputs.stream()
                    .mapToDouble(input -> input.repeated(c, row, column))
                    .reduce(arithmetic)
                    .orElseThrow());
    return activate(y, op.activation());
  }

  @Override
  public NaiveTensor elementwiseConstant(Operator.ElementwiseConstant op) {
    List<Integer> chw = dims.get(0);
    TensorShape shape = new TensorShape(chw.get(0), chw.get(1), chw.get(2));
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.get(0)[i];
    }
    NaiveTensor constant = new NaiveTensor(shape, values);
    DoubleBinaryOperator arithmetic = arithmetic(op.arithmetic());
    NaiveTensor y =
        NaiveTensor.of(
            out,
            (c, row, column) -> {
              double x = in().repeated(c, row, column);
              double k = constant.repeated(c, row, column);
              return op.constantFirst()
                  ? arithmetic.applyAsDouble(k, x)
                  : arithmetic.applyAsDouble(x, k);
            });
    return activate(y, op.activation());
  }

  @Override
  public NaiveTensor concat(Operator.Concat op) {
    return NaiveTensor.of(
        out,
        (c, row, column) -> {
          int[] at = {c, row, column};
          int axis = op.axis().ordinal();
          int i = 0;
          while (at[axis] >= inputs.get(i).shape().extent(op.axis())) {
            at[axis] -= inputs.get(i).shape().extent(op.axis());
            i++;
          }
          return inputs.get(i).at(at[0], at[1], at[2]);
        });
  }

  @Override
  public NaiveTensor crop(Operator.Crop op) {
    return NaiveTensor.of(
        out,
        (c, row, column) ->
            in().at(c + op.channelStart(), row + op.rowStart(), column + op.columnStart()));
  }

  @Override
  public NaiveTensor pad(Operator.Pad op) {
    return NaiveTensor.of(
        out,
        (c, row, column) ->
            in().at(c - op.channelsBefore(), row - op.top(), column - op.left(), op.value()));
  }

  /** Gives something about all elements that one stands for. */
  @FunctionalInterface
  private interface Along {
    double over(double[] elements);
  }

  /** Applies {@code along} to the elements along some axes, for each place on the others. */
  private static NaiveTensor collapse(NaiveTensor x, Axes axes, Along along) {
    TensorShape all = x.shape();
    return NaiveTensor.of(
        axes.collapse(all),
        (c, row, column) -> {
          double[] elements = new double[(int) axes.extent(all)];
          int n = 0;
          for (int i = axes.channels() ? 0 : c;
              i <= (axes.channels() ? all.channels() - 1 : c);
              i++) {
            for (int j = axes.rows() ? 0 : row; j <= (axes.rows() ? all.height() - 1 : row); j++) {
              for (int k = axes.columns() ? 0 : column;
                  k <= (axes.columns() ? all.width() - 1 : column);
                  k++) {
                elements[n++] = x.at(i, j, k);
              }
            }
          }
          return along.over(elements);
        });
  }

  private static double reduce(double[] elements, DoubleBinaryOperator operator) {
    double result = elements[0];
    for (int i = 1; i < elements.length; i++) {
      result = operator.applyAsDouble(result, elements[i]);
    }
    return result;
  }

  @Override
  public NaiveTensor reduce(Operator.Reduce op) {
    Along along =
        switch (op.reduction()) {
          case MEAN -> elements -> reduce(elements, Double::sum) / elements.length;
          case SUM -> elements -> reduce(elements, Double::sum);
          case MAXIMUM -> elements -> reduce(elements, Math::max);
          case MINIMUM -> elements -> reduce(elements, Math::min);
        };
    return collapse(in(), op.axes(), along);
  }

  @Override
  public NaiveTensor flatten(Operator.Flatten op) {
    return new NaiveTensor(out, in().values());
  }

  @Override
  public NaiveTensor reshape(Operator.Reshape op) {
    return new NaiveTensor(out, in().values());
  }

  @Override
  public NaiveTensor transpose(Operator.Transpose op) {
    return NaiveTensor.of(
        out,
        (c, row, column) -> {
          int[] at = new int[Axis.values().length];
          at[op.channels().ordinal()] = c;
          at[op.rows().ordinal()] = row;
          at[op.columns().ordinal()] = column;
          return in().at(at[0], at[1], at[2]);
        });
  }

  @Override
  public NaiveTensor channelShuffle(Operator.ChannelShuffle op) {
    int perGroup = out.channels() / op.groups();
    return NaiveTensor.of(
        out,
        (c, row, column) -> in().at(c % op.groups() * perGroup + c / op.groups(), row, column));
  }

  @Override
  public NaiveTensor depthToSpace(Operator.DepthToSpace op) {
    int block = op.block();
    return NaiveTensor.of(
        out,
        (c, row, column) -> {
          int pixel = row % block * block + column % block;
          int channel = op.channelsFirst() ? c * block * block + pixel : pixel * out.channels() + c;
          return in().at(channel, row / block, column / block);
        });
  }

  @Override
  public NaiveTensor resize(Operator.Resize op) {
    TensorShape tall =
        new TensorShape(out.channels(), op.vertical().outputSize(), in().shape().width());
    NaiveTensor y =
        NaiveTensor.of(
            tall,
            (c, row, column) -> NaiveResample.at(op.vertical(), row, i -> in().at(c, i, column)));
    return NaiveTensor.of(
        out, (c, row, column) -> NaiveResample.at(op.horizontal(), column, i -> y.at(c, row, i)));
  }

  @Override
  public NaiveTensor linear(Operator.Linear op) {
    NaiveTensor y =
        NaiveTensor.of(
            out,
            (o, row, column) -> {
              double sum = weights.get(1)[o];
              for (int i = 0; i < op.inFeatures(); i++) {
                sum += in().at(i, 0, 0) * weights.get(0)[o * op.inFeatures() + i];
              }
              return sum;
            });
    return activate(y, op.activation());
  }

  @Override
  public NaiveTensor softmax(Operator.Softmax op) {
    NaiveTensor most = collapse(in(), op.axes(), elements -> reduce(elements, Math::max));
    NaiveTensor y =
        NaiveTensor.of(
            out,
            (c, row, column) -> Math.exp(in().at(c, row, column) - most.repeated(c, row, column)));
    NaiveTensor sum = collapse(y, op.axes(), elements -> reduce(elements, Double::sum));
    return NaiveTensor.of(
        out, (c, row, column) -> y.at(c, row, column) / sum.repeated(c, row, column));
  }

  @Override
  public NaiveTensor localResponseNorm(Operator.LocalResponseNorm op) {
    return NaiveTensor.of(
        out,
        (c, row, column) -> {
          double sum = 0;
          for (int i = c - (op.size() - 1) / 2; i <= c + op.size() / 2; i++) {
            sum += Math.pow(in().at(i, row, column, 0), 2);
          }
          double norm = Math.pow(op.bias() + (double) op.alpha() / op.size() * sum, op.beta());
          return in().at(c, row, column) / norm;
        });
  }
}
