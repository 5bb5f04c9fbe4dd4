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

    R pool2d(Pool2d operator);

    R activate(Activate operator);

    R add(Add operator);

    R concat(Concat operator);

    R globalAveragePool(GlobalAveragePool operator);

    R flatten(Flatten operator);

    R linear(Linear operator);

    R softmax(Softmax operator);
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

  /** How a pooling window is reduced. */
  enum PoolKind {
    MAX,
    AVERAGE
  }

  /**
   * Max or average pooling.
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
      if (vertical.dilation() != 1 || horizontal.dilation() != 1) {
        throw new IllegalArgumentException("Pooling with dilation is not supported.");
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

  /** Element-wise sum of two or more tensors of one shape, followed by {@code activation}. */
  record Add(Activation activation) implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.add(this);
    }
  }

  /** Concatenation of two or more tensors along the channels. */
  record Concat() implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.concat(this);
    }
  }

  /** Mean over rows and columns: C×H×W → C×1×1. */
  record GlobalAveragePool() implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.globalAveragePool(this);
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

  /** Normalised exponential over all elements of a flattened tensor. */
  record Softmax() implements Operator {
    @Override
    public <R> R accept(Handler<R> handler) {
      return handler.softmax(this);
    }
  }
}
