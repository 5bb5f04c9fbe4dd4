package org.edgeld.agent.engine;

import java.util.List;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * Operators with sliding windows by textbook loops.
 *
 * @param in the input
 * @param out the shape of the output
 * @param weights weight and bias, or none
 */
record NaiveWindows(NaiveTensor in, TensorShape out, List<float[]> weights) {
  NaiveTensor convolved(Operator.Conv2d op) {
    int perGroup = op.inChannels() / op.groups();
    int outPerGroup = op.outChannels() / op.groups();
    Window v = op.vertical();
    Window h = op.horizontal();
    return NaiveTensor.of(
        out,
        (o, row, column) -> {
          double sum = weights.get(1)[o];
          for (int i = 0; i < perGroup; i++) {
            int channel = o / outPerGroup * perGroup + i;
            for (int a = 0; a < v.kernel(); a++) {
              for (int b = 0; b < h.kernel(); b++) {
                int y = row * v.stride() - v.padBefore() + a * v.dilation();
                int x = column * h.stride() - h.padBefore() + b * h.dilation();
                int weight = ((o * perGroup + i) * v.kernel() + a) * h.kernel() + b;
                // a weight on padding counts nothing, even if an element elsewhere is infinite
                sum += in.isInside(y, x) ? in.at(channel, y, x) * weights.get(0)[weight] : 0;
              }
            }
          }
          return sum;
        });
  }

  /** Every input element adds its multiples to the outputs around it; the taps are reversed. */
  NaiveTensor transposed(Operator.ConvTranspose2d op) {
    int perGroup = op.inChannels() / op.groups();
    int outPerGroup = op.outChannels() / op.groups();
    Window v = op.vertical();
    Window h = op.horizontal();
    NaiveTensor sums = NaiveTensor.of(out, (o, row, column) -> weights.get(1)[o]);
    for (int o = 0; o < out.channels(); o++) {
      for (int i = 0; i < perGroup; i++) {
        for (int y = 0; y < in.shape().height(); y++) {
          for (int x = 0; x < in.shape().width(); x++) {
            for (int a = 0; a < v.kernel(); a++) {
              for (int b = 0; b < h.kernel(); b++) {
                int row = y * v.stride() - v.padBefore() + a * v.dilation();
                int column = x * h.stride() - h.padBefore() + b * h.dilation();
                if (sums.isInside(row, column)) {
                  int tap = (v.kernel() - 1 - a) * h.kernel() + h.kernel() - 1 - b;
                  float weight = weights.get(0)[(o * perGroup + i) * v.kernel() * h.kernel() + tap];
                  sums.values()[(o * out.height() + row) * out.width() + column] +=
                      weight * in.at(o / outPerGroup * perGroup + i, y, x);
                }
              }
            }
          }
        }
      }
    }
    return sums;
  }

  NaiveTensor pooled(Operator.Pool2d op) {
    Window v = op.vertical();
    Window h = op.horizontal();
    int height = in.shape().height();
    int width = in.shape().width();
    return NaiveTensor.of(
        out,
        (c, row, column) -> {
          double max = Double.NEGATIVE_INFINITY;
          double sum = 0;
          int divisor = 0;
          for (int a = 0; a < v.kernel(); a++) {
            for (int b = 0; b < h.kernel(); b++) {
              int y = row * v.stride() - v.padBefore() + a * v.dilation();
              int x = column * h.stride() - h.padBefore() + b * h.dilation();
              if (in.isInside(y, x)) {
                max = Math.max(max, in.at(c, y, x));
                sum += in.at(c, y, x);
                divisor++;
              } else if (op.countPadding()
                  && y < height + v.padAfter()
                  && x < width + h.padAfter()) {
                divisor++;
              }
            }
          }
          return op.kind() == Operator.PoolKind.MAX ? max : sum / Math.max(1, divisor);
        });
  }
}
