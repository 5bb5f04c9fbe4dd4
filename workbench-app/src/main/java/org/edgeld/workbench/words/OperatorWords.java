package org.edgeld.workbench.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.edgeld.model.Activation;
import org.edgeld.model.Axes;
import org.edgeld.model.Axis;
import org.edgeld.model.Interpolation;
import org.edgeld.model.Operator;
import org.edgeld.model.Window;

/** Says what an operator does in few words, such as {@code conv 3×3, stride 2, relu}. */
public final class OperatorWords implements Operator.Handler<String> {
  private static final OperatorWords INSTANCE = new OperatorWords();

  private OperatorWords() {}

  /** Returns the words for an operator. */
  public static String of(Operator operator) {
    return operator.accept(INSTANCE);
  }

  @Override
  public String conv2d(Operator.Conv2d op) {
    boolean depthwise = op.groups() > 1 && op.groups() == op.inChannels();
    return (depthwise ? "depthwise conv " : "conv ")
        + window(op.vertical(), op.horizontal())
        + (depthwise ? "" : groups(op.groups()))
        + then(op.activation());
  }

  @Override
  public String convTranspose2d(Operator.ConvTranspose2d op) {
    return "transposed conv "
        + window(op.vertical(), op.horizontal())
        + groups(op.groups())
        + then(op.activation());
  }

  @Override
  public String pool2d(Operator.Pool2d op) {
    return words(op.kind()) + " pool " + window(op.vertical(), op.horizontal());
  }

  @Override
  public String activate(Operator.Activate op) {
    return activation(op.activation());
  }

  @Override
  public String prelu(Operator.Prelu op) {
    return "prelu";
  }

  @Override
  public String channelAffine(Operator.ChannelAffine op) {
    return "scale and shift" + then(op.activation());
  }

  @Override
  public String elementwise(Operator.Elementwise op) {
    return arithmetic(op.arithmetic()) + then(op.activation());
  }

  @Override
  public String elementwiseConstant(Operator.ElementwiseConstant op) {
    return arithmetic(op.arithmetic())
        + (op.constantFirst() ? " of a constant and it" : " with a constant")
        + then(op.activation());
  }

  private static String arithmetic(Operator.Arithmetic arithmetic) {
    return switch (arithmetic) {
      case ADD -> "sum";
      case SUBTRACT -> "difference";
      case MULTIPLY -> "product";
      case DIVIDE -> "quotient";
      case MAXIMUM -> "maximum";
      case MINIMUM -> "minimum";
    };
  }

  @Override
  public String concat(Operator.Concat op) {
    return op.axis() == Axis.CHANNELS ? "concatenation" : "concatenation of " + words(op.axis());
  }

  @Override
  public String crop(Operator.Crop op) {
    return "crop";
  }

  @Override
  public String pad(Operator.Pad op) {
    return "padding";
  }

  @Override
  public String reduce(Operator.Reduce op) {
    return words(op.reduction()) + " over " + axes(op.axes());
  }

  @Override
  public String flatten(Operator.Flatten op) {
    return "flatten";
  }

  @Override
  public String reshape(Operator.Reshape op) {
    return "reshape to " + op.shape();
  }

  @Override
  public String transpose(Operator.Transpose op) {
    return "transpose";
  }

  @Override
  public String channelShuffle(Operator.ChannelShuffle op) {
    return "channel shuffle" + groups(op.groups());
  }

  @Override
  public String depthToSpace(Operator.DepthToSpace op) {
    return "depth to space %d×%d".formatted(op.block(), op.block());
  }

  @Override
  public String resize(Operator.Resize op) {
    return "%s resize to %d×%d"
        .formatted(
            kind(op.vertical().interpolation()),
            op.vertical().outputSize(),
            op.horizontal().outputSize());
  }

  private static String kind(Interpolation interpolation) {
    return switch (interpolation) {
      case NEAREST_PREFER_FLOOR, NEAREST_PREFER_CEIL, NEAREST_FLOOR, NEAREST_CEIL -> "nearest";
      case LINEAR -> "linear";
      case CUBIC, CUBIC_HALF -> "cubic";
    };
  }

  @Override
  public String linear(Operator.Linear op) {
    return "linear %d→%d%s".formatted(op.inFeatures(), op.outFeatures(), then(op.activation()));
  }

  @Override
  public String softmax(Operator.Softmax op) {
    return op.axes().equals(Axes.CHANNELS) ? "softmax" : "softmax over " + axes(op.axes());
  }

  @Override
  public String localResponseNorm(Operator.LocalResponseNorm op) {
    return "local response norm over " + op.size();
  }

  private static String window(Window vertical, Window horizontal) {
    return "%d×%d%s%s"
        .formatted(
            vertical.kernel(),
            horizontal.kernel(),
            unlessOne(", stride ", vertical.stride(), horizontal.stride()),
            unlessOne(", dilation ", vertical.dilation(), horizontal.dilation()));
  }

  private static String unlessOne(String what, int vertical, int horizontal) {
    if (vertical == horizontal) {
      return vertical == 1 ? "" : what + vertical;
    }
    return what + vertical + "×" + horizontal;
  }

  private static String groups(int groups) {
    return groups == 1 ? "" : ", " + groups + " groups";
  }

  private static String then(Activation activation) {
    return activation.isNone() ? "" : ", " + activation(activation);
  }

  private static String activation(Activation activation) {
    return switch (activation.kind()) {
      case NONE -> "identity";
      case CLIP -> "clip %s to %s".formatted(number(activation.alpha()), number(activation.beta()));
      default -> words(activation.kind());
    };
  }

  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Integer.toString((int) value)
        : Float.toString(value);
  }

  private static String axes(Axes axes) {
    List<String> names = new ArrayList<>();
    if (axes.channels()) {
      names.add(words(Axis.CHANNELS));
    }
    if (axes.rows()) {
      names.add(words(Axis.ROWS));
    }
    if (axes.columns()) {
      names.add(words(Axis.COLUMNS));
    }
    return String.join(" and ", names);
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
