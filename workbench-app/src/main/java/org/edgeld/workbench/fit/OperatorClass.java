package org.edgeld.workbench.fit;

import org.edgeld.model.Operator;

/** Operators that one code path of an engine computes, so that one line may fit their times. */
public enum OperatorClass {
  POINTWISE("conv 1×1"),
  CONV_3("conv 3×3"),
  CONV("other conv"),
  DEPTHWISE("depthwise conv"),
  GROUPED("grouped conv"),
  TRANSPOSED("transposed conv"),
  LINEAR("linear"),
  POOL("pool"),
  REDUCE("reduce"),
  ELEMENTWISE("elementwise"),
  MOVE("move"),
  OTHER("other");

  private static final Handler HANDLER = new Handler();

  private final String title;

  OperatorClass(String title) {
    this.title = title;
  }

  /** Returns the name in texts and files. */
  public String title() {
    return title;
  }

  /** Returns the class of an operator. */
  public static OperatorClass of(Operator operator) {
    return operator.accept(HANDLER);
  }

  private static final class Handler implements Operator.Handler<OperatorClass> {
    @Override
    public OperatorClass conv2d(Operator.Conv2d op) {
      if (op.groups() > 1) {
        return op.groups() == op.inChannels() ? DEPTHWISE : GROUPED;
      }
      int height = op.vertical().kernel();
      int width = op.horizontal().kernel();
      if (height == 1 && width == 1) {
        return POINTWISE;
      }
      return height == 3 && width == 3 ? CONV_3 : CONV;
    }

    @Override
    public OperatorClass convTranspose2d(Operator.ConvTranspose2d op) {
      return TRANSPOSED;
    }

    @Override
    public OperatorClass pool2d(Operator.Pool2d op) {
      return POOL;
    }

    @Override
    public OperatorClass activate(Operator.Activate op) {
      return ELEMENTWISE;
    }

    @Override
    public OperatorClass prelu(Operator.Prelu op) {
      return ELEMENTWISE;
    }

    @Override
    public OperatorClass channelAffine(Operator.ChannelAffine op) {
      return ELEMENTWISE;
    }

    @Override
    public OperatorClass elementwise(Operator.Elementwise op) {
      return ELEMENTWISE;
    }

    @Override
    public OperatorClass elementwiseConstant(Operator.ElementwiseConstant op) {
      return ELEMENTWISE;
    }

    @Override
    public OperatorClass concat(Operator.Concat op) {
      return MOVE;
    }

    @Override
    public OperatorClass crop(Operator.Crop op) {
      return MOVE;
    }

    @Override
    public OperatorClass pad(Operator.Pad op) {
      return MOVE;
    }

    @Override
    public OperatorClass reduce(Operator.Reduce op) {
      return REDUCE;
    }

    @Override
    public OperatorClass flatten(Operator.Flatten op) {
      return MOVE;
    }

    @Override
    public OperatorClass reshape(Operator.Reshape op) {
      return MOVE;
    }

    @Override
    public OperatorClass transpose(Operator.Transpose op) {
      return MOVE;
    }

    @Override
    public OperatorClass channelShuffle(Operator.ChannelShuffle op) {
      return MOVE;
    }

    @Override
    public OperatorClass depthToSpace(Operator.DepthToSpace op) {
      return MOVE;
    }

    @Override
    public OperatorClass resize(Operator.Resize op) {
      return OTHER;
    }

    @Override
    public OperatorClass linear(Operator.Linear op) {
      return LINEAR;
    }

    @Override
    public OperatorClass softmax(Operator.Softmax op) {
      return OTHER;
    }

    @Override
    public OperatorClass localResponseNorm(Operator.LocalResponseNorm op) {
      return OTHER;
    }
  }
}
