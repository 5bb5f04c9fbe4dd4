package org.edgeld.samples;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.Layer;
import org.edgeld.model.Model;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;

/**
 * Computes a chain of convolutions, max poolings and linear layers in plain loops, CHW, as an
 * independent witness of what the trained weights do.
 */
public final class PlainForward {
  private final Model model;
  private final List<TensorShape> shapes;
  private final float[][][] weights;

  /** Reads the weights of {@code model}. */
  public PlainForward(Model model) throws IOException {
    this.model = model;
    this.shapes = model.graph().shapes();
    this.weights = new float[model.graph().layers().size()][][];
    for (int i = 0; i < weights.length; i++) {
      Layer layer = model.graph().layers().get(i);
      weights[i] = new float[layer.weights().size()][];
      for (int j = 0; j < weights[i].length; j++) {
        FloatBuffer stored =
            model.weights().read((WeightRef.Stored) layer.weights().get(j)).asFloatBuffer();
        weights[i][j] = new float[stored.remaining()];
        stored.get(weights[i][j]);
      }
    }
  }

  /** Returns the output for an input in CHW order. */
  public float[] logits(float[] input) {
    float[] x = input;
    for (int i = 0; i < weights.length; i++) {
      Operator operator = model.graph().layers().get(i).operator();
      TensorShape in = shapes.get(i);
      if (operator instanceof Operator.Conv2d conv) {
        x = conv(conv, x, in, weights[i]);
      } else if (operator instanceof Operator.Pool2d pool) {
        x = maxPool(pool, x, in, shapes.get(i + 1));
      } else if (operator instanceof Operator.Linear linear) {
        x = linear(linear, x, weights[i]);
      } else if (!(operator instanceof Operator.Flatten)) {
        throw new AssertionError("not in this chain: " + operator);
      }
    }
    return x;
  }

  /** Returns the class with the largest output. */
  public int classify(float[] input) {
    float[] logits = logits(input);
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  private static float[] conv(Operator.Conv2d op, float[] x, TensorShape in, float[][] weights) {
    int height = in.height();
    int width = in.width();
    int kernel = op.vertical().kernel();
    int pad = op.vertical().padBefore();
    float[] y = new float[op.outChannels() * height * width];
    for (int out = 0; out < op.outChannels(); out++) {
      Arrays.fill(y, out * height * width, (out + 1) * height * width, weights[1][out]);
      for (int c = 0; c < op.inChannels(); c++) {
        for (int ky = 0; ky < kernel; ky++) {
          for (int kx = 0; kx < kernel; kx++) {
            float w = weights[0][((out * op.inChannels() + c) * kernel + ky) * kernel + kx];
            int left = Math.max(0, pad - kx);
            int right = Math.min(width, width + pad - kx);
            for (int row = Math.max(0, pad - ky);
                row < Math.min(height, height + pad - ky);
                row++) {
              int target = (out * height + row) * width;
              int source = (c * height + row + ky - pad) * width + kx - pad;
              for (int column = left; column < right; column++) {
                y[target + column] += w * x[source + column];
              }
            }
          }
        }
      }
    }
    return activated(y, op.activation());
  }

  private static float[] maxPool(Operator.Pool2d op, float[] x, TensorShape in, TensorShape out) {
    int kernel = op.vertical().kernel();
    int stride = op.vertical().stride();
    float[] y = new float[out.elements()];
    for (int c = 0; c < out.channels(); c++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          float best = Float.NEGATIVE_INFINITY;
          for (int ky = 0; ky < kernel; ky++) {
            for (int kx = 0; kx < kernel; kx++) {
              int source =
                  (c * in.height() + row * stride + ky) * in.width() + column * stride + kx;
              best = Math.max(best, x[source]);
            }
          }
          y[(c * out.height() + row) * out.width() + column] = best;
        }
      }
    }
    return y;
  }

  private static float[] linear(Operator.Linear op, float[] x, float[][] weights) {
    float[] y = weights[1].clone();
    for (int out = 0; out < op.outFeatures(); out++) {
      for (int i = 0; i < op.inFeatures(); i++) {
        y[out] += weights[0][out * op.inFeatures() + i] * x[i];
      }
    }
    return activated(y, op.activation());
  }

  private static float[] activated(float[] y, Activation activation) {
    if (activation == Activation.RELU) {
      for (int i = 0; i < y.length; i++) {
        y[i] = Math.max(0, y[i]);
      }
    }
    return y;
  }
}
