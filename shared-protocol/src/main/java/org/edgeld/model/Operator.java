package org.edgeld.model;

/**
 * What a layer computes. The set is closed: code that treats operators differently implements
 * {@link Handler}, so a new operator fails to compile until every treatment handles it.
 */
public sealed interface Operator {
  /** Calls the handler's method for this operator. */
  <R> R accept(Handler<R> handler);

  /**
   * One method per operator.
   *
   * @param <R> what the treatment yields
   */
  interface Handler<R> {
    R conv2d(Conv2d operator);

    R convTranspose2d(ConvTranspose2d operator);

    R pool2d(Pool2d operator);

    R activate(Activate operator);

    R prelu(Prelu operator);

    R channelAffine(ChannelAffine operator);

    R elementwise(Elementwise operator);

    R elementwiseConstant(ElementwiseConstant operator);

    R concat(Concat operator);

    R crop(Crop operator);

    R pad(Pad operator);

    R reduce(Reduce operator);

    R flatten(Flatten operator);

    R reshape(Reshape operator);

    R transpose(Transpose operator);

    R channelShuffle(ChannelShuffle operator);

    R depthToSpace(DepthToSpace operator);

    R resize(Resize operator);

    R linear(Linear operator);

    R softmax(Softmax operator);

    R localResponseNorm(LocalResponseNorm operator);
  }

  /**
   * Two-dimensional convolution with bias, weight layout OIHW ({@code out × in/groups × kh × kw}),
   * followed by {@code activation}.
   *
   * @param inChannels input channels
   * @param outChannels output channels
   * @param vertical window along the height
   * @param horizontal window along the width
   * @param groups channel groups; {@code inChannels} for a depthwise convolution
   * @param activation applied to the result
   */
  record Conv2d(
      int inChannels,
      int outChannels,
      Window vertical,
      Window horizontal,
      int groups,
      Activation activation)
      implements Operator {
    public Conv2d {
      if (inChannels < 1 || outChannels < 1 || groups < 1) {
        throw new IllegalArgumentException(
            "A convolution %d→%d with %d groups is impossible."
                .formatted(inChannels, outChannels, groups));
      }
      if (inChannels % groups != 0 || outChannels % groups != 0) {
        throw new IllegalArgumentException(
            "The groups (%d) do not divide the channels %d→%d."
                .formatted(groups, inChannels, outChannels));
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.conv2d(this);
    }
  }

  /**
   * Transposed convolution with bias, followed by {@code activation}: the ordinary convolution with
   * stride 1 of an input between whose elements {@code stride − 1} zeros are put. Output {@code o}
   * sums taps {@code t} of input {@code i} with {@code o = i·stride − padBefore + t·dilation}.
   *
   * <p>The weight layout is that of the ordinary convolution, {@code out × in/groups × kh × kw}
   * with the taps in reverse order.
   *
   * @param inChannels input channels
   * @param outChannels output channels
   * @param vertical kernel, stride and dilation along the height; its padding is cut off the result
   * @param horizontal the same along the width
   * @param extraRows rows appended to the result, as ONNX's output padding, less than the stride
   * @param extraColumns columns appended likewise
   * @param groups channel groups
   * @param activation applied to the result
   */
  record ConvTranspose2d(
      int inChannels,
      int outChannels,
      Window vertical,
      Window horizontal,
      int extraRows,
      int extraColumns,
      int groups,
      Activation activation)
      implements Operator {
    public ConvTranspose2d {
      if (inChannels < 1 || outChannels < 1 || groups < 1 || extraRows < 0 || extraColumns < 0) {
        throw new IllegalArgumentException(
            "A transposed convolution %d→%d with %d groups and %d, %d rows and columns more is impossible."
                .formatted(inChannels, outChannels, groups, extraRows, extraColumns));
      }
      if (inChannels % groups != 0 || outChannels % groups != 0) {
        throw new IllegalArgumentException(
            "The groups (%d) do not divide the channels %d→%d."
                .formatted(groups, inChannels, outChannels));
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.convTranspose2d(this);
    }
  }

  /** How a pooling window is reduced. */
  enum PoolKind {
    MAX,
    AVERAGE
  }

  /**
   * Max or average pooling. Only a maximum may be dilated.
   *
   * @param kind the reduction
   * @param vertical window along the height
   * @param horizontal window along the width
   * @param ceilMode round the output size up
   * @param countPadding whether an average divides by the window's size even where it lies on
   *     padding
   */
  record Pool2d(
      PoolKind kind, Window vertical, Window horizontal, boolean ceilMode, boolean countPadding)
      implements Operator {
    public Pool2d {
      if (kind == PoolKind.AVERAGE && (vertical.dilation() != 1 || horizontal.dilation() != 1)) {
        throw new IllegalArgumentException("Average pooling with dilation is not supported.");
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.pool2d(this);
    }
  }

  /** A non-linearity of its own. */
  record Activate(Activation activation) implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.activate(this);
    }
  }

  /**
   * {@code x} above 0, else {@code slope[c]·x}; one weight of dims {@code [C]} (He et al. 2015).
   */
  record Prelu() implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.prelu(this);
    }
  }

  /**
   * {@code scale[c]·x + shift[c]}, what batch normalisation is once it is trained; two weights of
   * dims {@code [C]}.
   *
   * @param activation applied to the result
   */
  record ChannelAffine(Activation activation) implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.channelAffine(this);
    }
  }

  /** Arithmetic on two elements. */
  enum Arithmetic {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MAXIMUM,
    MINIMUM
  }

  /**
   * Arithmetic on two or more tensors, from the first to the last, followed by {@code activation}.
   * An extent of 1 is repeated to the largest along that axis, so that C×1×1 scales the channels of
   * C×H×W.
   *
   * @param arithmetic what is done; subtraction and division take two tensors
   * @param activation applied to the result
   */
  record Elementwise(Arithmetic arithmetic, Activation activation) implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.elementwise(this);
    }
  }

  /**
   * Arithmetic on a tensor and a constant, the layer's one weight of dims {@code [c, h, w]}. Each
   * extent of either that is 1 is repeated to the other's.
   *
   * @param arithmetic what is done
   * @param constantFirst whether the constant is the left operand
   * @param activation applied to the result
   */
  record ElementwiseConstant(Arithmetic arithmetic, boolean constantFirst, Activation activation)
      implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.elementwiseConstant(this);
    }
  }

  /**
   * Concatenation of two or more tensors along an axis.
   *
   * @param axis which one
   */
  record Concat(Axis axis) implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.concat(this);
    }
  }

  /**
   * Part of a tensor.
   *
   * @param channelStart first channel
   * @param channelEnd one past the last channel
   * @param rowStart first row
   * @param rowEnd one past the last row
   * @param columnStart first column
   * @param columnEnd one past the last column
   */
  record Crop(
      int channelStart, int channelEnd, int rowStart, int rowEnd, int columnStart, int columnEnd)
      implements Operator {
    public Crop {
      if (channelStart < 0
          || rowStart < 0
          || columnStart < 0
          || channelEnd <= channelStart
          || rowEnd <= rowStart
          || columnEnd <= columnStart) {
        throw new IllegalArgumentException("A crop takes at least one element of each axis.");
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.crop(this);
    }
  }

  /**
   * A tensor with a constant around it.
   *
   * @param channelsBefore channels before the first
   * @param channelsAfter channels after the last
   * @param top rows above
   * @param bottom rows below
   * @param left columns to the left
   * @param right columns to the right
   * @param value the constant
   */
  record Pad(
      int channelsBefore, int channelsAfter, int top, int bottom, int left, int right, float value)
      implements Operator {
    public Pad {
      if (channelsBefore < 0
          || channelsAfter < 0
          || top < 0
          || bottom < 0
          || left < 0
          || right < 0) {
        throw new IllegalArgumentException("A padding is not negative. Maybe a crop is meant.");
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.pad(this);
    }
  }

  /** How the elements along an axis become one. */
  enum Reduction {
    MEAN,
    SUM,
    MAXIMUM,
    MINIMUM
  }

  /**
   * Makes one element of all along some axes. Global average pooling is a mean over columns
   * followed by a mean over rows: the first splits by rows, and between the two only {@code C·H}
   * elements travel.
   *
   * @param reduction how
   * @param axes which axes
   */
  record Reduce(Reduction reduction, Axes axes) implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.reduce(this);
    }
  }

  /** C×H×W → (C·H·W)×1×1 in CHW order, as every training framework flattens. */
  record Flatten() implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.flatten(this);
    }
  }

  /**
   * The same elements in CHW order as another shape.
   *
   * @param shape the result's
   */
  record Reshape(TensorShape shape) implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.reshape(this);
    }
  }

  /**
   * Exchanges axes: axis {@code channels} of the input becomes the channels of the result, and so
   * on.
   *
   * @param channels what becomes the channels
   * @param rows what becomes the rows
   * @param columns what becomes the columns
   */
  record Transpose(Axis channels, Axis rows, Axis columns) implements Operator {
    public Transpose {
      if (channels == rows || rows == columns || columns == channels) {
        throw new IllegalArgumentException(
            "A transposition to %s, %s, %s loses an axis.".formatted(channels, rows, columns));
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.transpose(this);
    }
  }

  /**
   * Reads the channels, seen as {@code groups × C/groups}, in transposed order (Zhang et al.,
   * ShuffleNet, 2018): channel {@code j·groups + g} of the result is channel {@code g·C/groups +
   * j}.
   *
   * @param groups at least 1
   */
  record ChannelShuffle(int groups) implements Operator {
    public ChannelShuffle {
      if (groups < 1) {
        throw new IllegalArgumentException("The groups (" + groups + ") are not positive.");
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.channelShuffle(this);
    }
  }

  /**
   * Moves channels into {@code block × block} pixels (Shi et al. 2016). Of the {@code C·block²}
   * channels of the input, pixel {@code (i, j)} of channel {@code c} reads {@code c·block² +
   * i·block + j} if {@code channelsFirst} (pixel shuffle, ONNX mode CRD), else {@code (i·block +
   * j)·C + c} (mode DCR).
   *
   * @param block pixels along each axis, at least 1
   * @param channelsFirst which of the two orders
   */
  record DepthToSpace(int block, boolean channelsFirst) implements Operator {
    public DepthToSpace {
      if (block < 1) {
        throw new IllegalArgumentException("The block (" + block + ") is not positive.");
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.depthToSpace(this);
    }
  }

  /**
   * Resampling along height and width.
   *
   * @param vertical along the height
   * @param horizontal along the width
   */
  record Resize(Resample vertical, Resample horizontal) implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.resize(this);
    }
  }

  /**
   * Fully connected layer with bias on a flattened tensor, weight layout {@code out × in}, followed
   * by {@code activation}.
   *
   * @param inFeatures input elements
   * @param outFeatures output elements
   * @param activation applied to the result
   */
  record Linear(int inFeatures, int outFeatures, Activation activation) implements Operator {
    public Linear {
      if (inFeatures < 1 || outFeatures < 1) {
        throw new IllegalArgumentException(
            "A linear layer %d→%d is impossible.".formatted(inFeatures, outFeatures));
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.linear(this);
    }
  }

  /**
   * Normalised exponential over all elements along some axes together.
   *
   * @param axes which axes
   */
  record Softmax(Axes axes) implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.softmax(this);
    }
  }

  /**
   * {@code x / (bias + alpha/size · Σ x²)^beta}, the sum over {@code size} neighbouring channels,
   * from {@code (size − 1)/2} below to {@code size/2} above (Krizhevsky et al. 2012, as ONNX
   * defines it).
   *
   * @param size channels summed over, at least 1
   * @param alpha factor of the sum
   * @param beta exponent
   * @param bias added to the sum
   */
  record LocalResponseNorm(int size, float alpha, float beta, float bias) implements Operator {
    public LocalResponseNorm {
      if (size < 1) {
        throw new IllegalArgumentException("The size (" + size + ") is not positive.");
      }
    }

    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.localResponseNorm(this);
    }
  }
}
