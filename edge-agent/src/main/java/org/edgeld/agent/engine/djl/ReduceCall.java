package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.agent.engine.djl.Padding.Margin;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;

/** What combines the elements along axes: reductions, softmax, local response normalisation. */
final class ReduceCall {
  private final Operands on;

  ReduceCall(Operands on) {
    this.on = on;
  }

  NDArray reduced(Operator.Reduce op) {
    NDArray x = on.input(0);
    int[] positions = positions(op.axes());
    return switch (op.reduction()) {
      case MEAN -> x.sum(positions, true).divi(op.axes().extent(on.in()));
      case SUM -> x.sum(positions, true);
      case MAXIMUM -> most(x, positions, true);
      case MINIMUM -> most(x, positions, false);
    };
  }

  /** Returns the maximum or minimum along axes, of which DJL takes one at a time. */
  private static NDArray most(NDArray x, int[] positions, boolean maximum) {
    NDArray y = one(x, positions[0], maximum);
    for (int i = 1; i < positions.length; i++) {
      try (NDArray before = y) {
        y = one(before, positions[i], maximum);
      }
    }
    return y;
  }

  private static NDArray one(NDArray x, int position, boolean maximum) {
    int[] single = {position};
    return maximum ? x.max(single, true) : x.min(single, true);
  }

  NDArray softmax(Operator.Softmax op) {
    NDArray x = on.input(0);
    int[] positions = positions(op.axes());
    NDArray y = positions.length == 1 ? softmax(x, positions[0]) : softmax(x, positions);
    // all along the axes counts, even if only some is wanted
    Region held = on.need(0);
    return held.equals(on.region()) ? y : Layout.view(on.temporary(y), held, on.region());
  }

  private NDArray softmax(NDArray x, int[] positions) {
    NDArray most = on.temporary(most(x, positions, true));
    NDArray shifted = on.temporary(x.sub(most));
    NDArray y = shifted.exp();
    return y.divi(on.temporary(y.sum(positions, true)));
  }

  /** PyTorch's softmax wants row-major memory, which memory order is. */
  private NDArray softmax(NDArray x, int position) {
    int[] inNhwc = {0, 3, 1, 2};
    NDArray nhwc = on.temporary(Layout.toNhwc(x));
    return Layout.fromNhwc(on.temporary(nhwc.softmax(inNhwc[position])));
  }

  NDArray localResponseNorm(Operator.LocalResponseNorm op) {
    Range channels = on.region().channels();
    Range held = on.need(0).channels();
    NDArray x = on.input(0);
    NDArray squares = on.temporary(x.square());
    Margin margin =
        new Margin(
            held.start() - (channels.start() - (op.size() - 1) / 2),
            channels.end() + op.size() / 2 - held.end());
    NDArray padded =
        margin.isNone() ? squares : new Padding(on, 0).along(squares, Axis.CHANNELS, margin);
    NDArray sum = on.temporary(window(padded, 0, channels.size()).duplicate());
    for (int i = 1; i < op.size(); i++) {
      sum.addi(on.temporary(window(padded, i, channels.size())));
    }
    sum.muli(op.alpha() / op.size()).addi(op.bias()).powi(op.beta());
    Range own = channels.shifted(-held.start());
    return on.temporary(Layout.view(x, Axis.CHANNELS, own)).div(sum);
  }

  private static NDArray window(NDArray x, int start, int size) {
    return Layout.view(x, Axis.CHANNELS, new Range(start, start + size));
  }

  private static int[] positions(Axes axes) {
    List<Axis> chosen = new ArrayList<>();
    if (axes.channels()) {
      chosen.add(Axis.CHANNELS);
    }
    if (axes.rows()) {
      chosen.add(Axis.ROWS);
    }
    if (axes.columns()) {
      chosen.add(Axis.COLUMNS);
    }
    return chosen.stream().mapToInt(Layout::position).toArray();
  }
}
