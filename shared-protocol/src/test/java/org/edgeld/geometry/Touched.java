package org.edgeld.geometry;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.Resample;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/**
 * The elements of one input, by number in CHW order, that one element of an operator's output is
 * computed from, written down operator by operator from their definitions.
 *
 * @param inputs shapes of all inputs
 * @param output shape of the output
 * @param index which input
 * @param c the element's channel
 * @param y its row
 * @param x its column
 */
record Touched(List<TensorShape> inputs, TensorShape output, int index, int c, int y, int x)
    implements Operator.Handler<Set<Integer>> {
  private TensorShape in() {
    return inputs.get(index);
  }

  private int number(int channel, int row, int column) {
    return (channel * in().height() + row) * in().width() + column;
  }

  private Set<Integer> box(Set<Integer> channels, Set<Integer> rows, Set<Integer> columns) {
    Set<Integer> elements = new TreeSet<>();
    for (int channel : channels) {
      for (int row : rows) {
        for (int column : columns) {
          elements.add(number(channel, row, column));
        }
      }
    }
    return elements;
  }

  private static Set<Integer> all(int size) {
    Set<Integer> numbers = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private static Set<Integer> taps(Window window, int at, int size) {
    Set<Integer> taps = new TreeSet<>();
    for (int tap = 0; tap < window.kernel(); tap++) {
      int i = at * window.stride() - window.padBefore() + tap * window.dilation();
      if (i >= 0 && i < size) {
        taps.add(i);
      }
    }
    return taps;
  }

  private static Set<Integer> transposedTaps(Window window, int at, int size) {
    Set<Integer> sources = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      for (int tap = 0; tap < window.kernel(); tap++) {
        if (i * window.stride() - window.padBefore() + tap * window.dilation() == at) {
          sources.add(i);
        }
      }
    }
    return sources;
  }

  private Set<Integer> group(int inChannels, int outChannels, int groups) {
    Set<Integer> channels = new TreeSet<>();
    int group = c / (outChannels / groups);
    for (int i = 0; i < inChannels; i++) {
      if (i / (inChannels / groups) == group) {
        channels.add(i);
      }
    }
    return channels;
  }

  @Override
  public Set<Integer> conv2d(Operator.Conv2d op) {
    return box(
        group(op.inChannels(), op.outChannels(), op.groups()),
        taps(op.vertical(), y, in().height()),
        taps(op.horizontal(), x, in().width()));
  }

  @Override
  public Set<Integer> convTranspose2d(Operator.ConvTranspose2d op) {
    return box(
        group(op.inChannels(), op.outChannels(), op.groups()),
        transposedTaps(op.vertical(), y, in().height()),
        transposedTaps(op.horizontal(), x, in().width()));
  }

  @Override
  public Set<Integer> pool2d(Operator.Pool2d op) {
    return box(
        Set.of(c), taps(op.vertical(), y, in().height()), taps(op.horizontal(), x, in().width()));
  }

  private Set<Integer> same() {
    return Set.of(
        number(
            in().channels() == 1 ? 0 : c, in().height() == 1 ? 0 : y, in().width() == 1 ? 0 : x));
  }

  @Override
  public Set<Integer> activate(Operator.Activate op) {
    return same();
  }

  @Override
  public Set<Integer> prelu(Operator.Prelu op) {
    return same();
  }

  @Override
  public Set<Integer> channelAffine(Operator.ChannelAffine op) {
    return same();
  }

  @Override
  public Set<Integer> elementwise(Operator.Elementwise op) {
    return same();
  }

  @Override
  public Set<Integer> elementwiseConstant(Operator.ElementwiseConstant op) {
    return same();
  }

  @Override
  public Set<Integer> concat(Operator.Concat op) {
    int before = inputs.subList(0, index).stream().mapToInt(i -> i.extent(op.axis())).sum();
    int channel = op.axis() == Axis.CHANNELS ? c - before : c;
    int row = op.axis() == Axis.ROWS ? y - before : y;
    int column = op.axis() == Axis.COLUMNS ? x - before : x;
    return inside(channel, row, column);
  }

  private Set<Integer> inside(int channel, int row, int column) {
    boolean within =
        channel >= 0
            && channel < in().channels()
            && row >= 0
            && row < in().height()
            && column >= 0
            && column < in().width();
    return within ? Set.of(number(channel, row, column)) : Set.of();
  }

  @Override
  public Set<Integer> crop(Operator.Crop op) {
    return inside(c + op.channelStart(), y + op.rowStart(), x + op.columnStart());
  }

  @Override
  public Set<Integer> pad(Operator.Pad op) {
    return inside(c - op.channelsBefore(), y - op.top(), x - op.left());
  }

  private Set<Integer> along(Axes axes) {
    return box(
        axes.channels() ? all(in().channels()) : Set.of(c),
        axes.rows() ? all(in().height()) : Set.of(y),
        axes.columns() ? all(in().width()) : Set.of(x));
  }

  @Override
  public Set<Integer> reduce(Operator.Reduce op) {
    return along(op.axes());
  }

  @Override
  public Set<Integer> flatten(Operator.Flatten op) {
    return Set.of(c);
  }

  @Override
  public Set<Integer> reshape(Operator.Reshape op) {
    return Set.of((c * output.height() + y) * output.width() + x);
  }

  @Override
  public Set<Integer> transpose(Operator.Transpose op) {
    int[] at = new int[3];
    at[op.channels().ordinal()] = c;
    at[op.rows().ordinal()] = y;
    at[op.columns().ordinal()] = x;
    return Set.of(number(at[0], at[1], at[2]));
  }

  @Override
  public Set<Integer> channelShuffle(Operator.ChannelShuffle op) {
    int perGroup = in().channels() / op.groups();
    return Set.of(number(c % op.groups() * perGroup + c / op.groups(), y, x));
  }

  @Override
  public Set<Integer> depthToSpace(Operator.DepthToSpace op) {
    int b = op.block();
    int pixel = y % b * b + x % b;
    int channel = op.channelsFirst() ? c * b * b + pixel : pixel * output.channels() + c;
    return Set.of(number(channel, y / b, x / b));
  }

  private static Set<Integer> read(Resample resample, int at) {
    Set<Integer> read = new TreeSet<>();
    resample.taps(at).forEach(tap -> read.add(tap.index()));
    return read;
  }

  @Override
  public Set<Integer> resize(Operator.Resize op) {
    return box(Set.of(c), read(op.vertical(), y), read(op.horizontal(), x));
  }

  @Override
  public Set<Integer> linear(Operator.Linear op) {
    return all(in().elements());
  }

  @Override
  public Set<Integer> softmax(Operator.Softmax op) {
    return along(op.axes());
  }

  @Override
  public Set<Integer> localResponseNorm(Operator.LocalResponseNorm op) {
    Set<Integer> channels = new TreeSet<>();
    for (int k = c - (op.size() - 1) / 2; k <= c + op.size() / 2; k++) {
      if (k >= 0 && k < in().channels()) {
        channels.add(k);
      }
    }
    return box(channels, Set.of(y), Set.of(x));
  }
}
