package org.edgeld.agent.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;

/**
 * The undivided network by textbook loops in double precision, independent of any library: what
 * engines are compared with. Tensors are arrays in CHW order.
 */
public final class NaiveNetwork {
  private final ModelGraph graph;
  private final WeightProvider provider;

  public NaiveNetwork(ModelGraph graph, WeightProvider provider) {
    this.graph = graph;
    this.provider = provider;
  }

  /** Returns all tensors of the graph for an input in CHW order, by tensor index. */
  public List<double[]> run(double[] input) throws IOException {
    List<TensorShape> shapes = graph.shapes();
    List<double[]> tensors = new ArrayList<>(List.of(input));
    for (int i = 0; i < graph.layers().size(); i++) {
      Layer layer = graph.layers().get(i);
      List<double[]> inputs = new ArrayList<>();
      List<TensorShape> inputShapes = new ArrayList<>();
      for (TensorId id : layer.inputs()) {
        inputs.add(tensors.get(id.index()));
        inputShapes.add(shapes.get(id.index()));
      }
      List<float[]> weights = new ArrayList<>();
      for (WeightRef ref : layer.weights()) {
        weights.add(weights(ref));
      }
      tensors.add(
          layer.operator().accept(new Call(inputs, inputShapes, shapes.get(i + 1), weights)));
    }
    return tensors;
  }

  private float[] weights(WeightRef ref) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect((int) ref.bytes()).order(ByteOrder.nativeOrder());
    provider.read(ref, bytes);
    FloatBuffer floats = bytes.clear().order(ByteOrder.nativeOrder()).asFloatBuffer();
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return values;
  }

  private record Call(
      List<double[]> inputs, List<TensorShape> shapes, TensorShape out, List<float[]> weights)
      implements Operator.Handler<double[]> {
    private double[] x() {
      return inputs.get(0);
    }

    private TensorShape in() {
      return shapes.get(0);
    }

    @Override
    public double[] conv2d(Operator.Conv2d op) {
      double[] y = new double[out.elements()];
      int perGroup = op.inChannels() / op.groups();
      int outPerGroup = op.outChannels() / op.groups();
      Window v = op.vertical();
      Window h = op.horizontal();
      int n = 0;
      for (int o = 0; o < out.channels(); o++) {
        for (int r = 0; r < out.height(); r++) {
          for (int c = 0; c < out.width(); c++) {
            double sum = weights.get(1)[o];
            for (int i = 0; i < perGroup; i++) {
              int channel = o / outPerGroup * perGroup + i;
              for (int a = 0; a < v.kernel(); a++) {
                for (int b = 0; b < h.kernel(); b++) {
                  int row = r * v.stride() - v.padBefore() + a * v.dilation();
                  int column = c * h.stride() - h.padBefore() + b * h.dilation();
                  if (inside(row, column)) {
                    sum +=
                        at(channel, row, column)
                            * weights
                                .get(0)[((o * perGroup + i) * v.kernel() + a) * h.kernel() + b];
                  }
                }
              }
            }
            y[n++] = sum;
          }
        }
      }
      return activate(y, op.activation());
    }

    @Override
    public double[] pool2d(Operator.Pool2d op) {
      double[] y = new double[out.elements()];
      Window v = op.vertical();
      Window h = op.horizontal();
      int n = 0;
      for (int o = 0; o < out.channels(); o++) {
        for (int r = 0; r < out.height(); r++) {
          for (int c = 0; c < out.width(); c++) {
            double max = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int divisor = 0;
            for (int a = 0; a < v.kernel(); a++) {
              for (int b = 0; b < h.kernel(); b++) {
                int row = r * v.stride() - v.padBefore() + a;
                int column = c * h.stride() - h.padBefore() + b;
                if (inside(row, column)) {
                  max = Math.max(max, at(o, row, column));
                  sum += at(o, row, column);
                  divisor++;
                } else if (op.countPadding()
                    && row < in().height() + v.padAfter()
                    && column < in().width() + h.padAfter()) {
                  divisor++;
                }
              }
            }
            y[n++] = op.kind() == Operator.PoolKind.MAX ? max : sum / Math.max(1, divisor);
          }
        }
      }
      return y;
    }

    private boolean inside(int row, int column) {
      return row >= 0 && row < in().height() && column >= 0 && column < in().width();
    }

    private double at(int channel, int row, int column) {
      return x()[(channel * in().height() + row) * in().width() + column];
    }

    private static double[] activate(double[] y, Activation activation) {
      if (activation == Activation.RELU) {
        for (int i = 0; i < y.length; i++) {
          y[i] = Math.max(0, y[i]);
        }
      }
      return y;
    }

    @Override
    public double[] activate(Operator.Activate op) {
      return activate(x().clone(), op.activation());
    }

    @Override
    public double[] add(Operator.Add op) {
      double[] y = new double[out.elements()];
      for (double[] input : inputs) {
        for (int i = 0; i < y.length; i++) {
          y[i] += input[i];
        }
      }
      return activate(y, op.activation());
    }

    @Override
    public double[] concat(Operator.Concat op) {
      double[] y = new double[out.elements()];
      int n = 0;
      for (double[] input : inputs) {
        System.arraycopy(input, 0, y, n, input.length);
        n += input.length;
      }
      return y;
    }

    @Override
    public double[] globalAveragePool(Operator.GlobalAveragePool op) {
      double[] y = new double[out.elements()];
      int map = in().height() * in().width();
      for (int i = 0; i < x().length; i++) {
        y[i / map] += x()[i] / map;
      }
      return y;
    }

    @Override
    public double[] flatten(Operator.Flatten op) {
      return x().clone();
    }

    @Override
    public double[] linear(Operator.Linear op) {
      double[] y = new double[op.outFeatures()];
      for (int o = 0; o < y.length; o++) {
        y[o] = weights.get(1)[o];
        for (int i = 0; i < op.inFeatures(); i++) {
          y[o] += x()[i] * weights.get(0)[o * op.inFeatures() + i];
        }
      }
      return activate(y, op.activation());
    }

    @Override
    public double[] softmax(Operator.Softmax op) {
      double max = Double.NEGATIVE_INFINITY;
      for (double value : x()) {
        max = Math.max(max, value);
      }
      double[] y = new double[x().length];
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        y[i] = Math.exp(x()[i] - max);
        sum += y[i];
      }
      for (int i = 0; i < y.length; i++) {
        y[i] /= sum;
      }
      return y;
    }
  }
}
