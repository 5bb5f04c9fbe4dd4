package org.edgeld.workbench.chart.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.ReceptiveField;
import org.edgeld.model.Axes;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;

/** Says in words why a layer cannot be divided by rows. */
final class WholeRows implements Operator.Handler<String> {
  private static final WholeRows INSTANCE = new WholeRows();

  private WholeRows() {}

  /**
   * Returns the reason, or nothing for a layer that several devices can share.
   *
   * @param operator what the layer computes
   * @param output shape of its result
   */
  static Optional<String> reason(Operator operator, TensorShape output) {
    if (!ReceptiveField.splitsByRows(operator)) {
      return Optional.of(operator.accept(INSTANCE));
    }
    return output.height() == 1 ? Optional.of("its output is one row") : Optional.empty();
  }

  private static String splits() {
    throw new IllegalStateException("This operator splits by rows.");
  }

  @Override
  public String conv2d(Operator.Conv2d op) {
    return splits();
  }

  @Override
  public String convTranspose2d(Operator.ConvTranspose2d op) {
    return splits();
  }

  @Override
  public String pool2d(Operator.Pool2d op) {
    return splits();
  }

  @Override
  public String activate(Operator.Activate op) {
    return splits();
  }

  @Override
  public String prelu(Operator.Prelu op) {
    return splits();
  }

  @Override
  public String channelAffine(Operator.ChannelAffine op) {
    return splits();
  }

  @Override
  public String elementwise(Operator.Elementwise op) {
    return splits();
  }

  @Override
  public String elementwiseConstant(Operator.ElementwiseConstant op) {
    return splits();
  }

  @Override
  public String concat(Operator.Concat op) {
    return splits();
  }

  @Override
  public String crop(Operator.Crop op) {
    return splits();
  }

  @Override
  public String pad(Operator.Pad op) {
    return splits();
  }

  @Override
  public String channelShuffle(Operator.ChannelShuffle op) {
    return splits();
  }

  @Override
  public String depthToSpace(Operator.DepthToSpace op) {
    return splits();
  }

  @Override
  public String resize(Operator.Resize op) {
    return splits();
  }

  @Override
  public String localResponseNorm(Operator.LocalResponseNorm op) {
    return splits();
  }

  @Override
  public String reduce(Operator.Reduce op) {
    String what =
        switch (op.reduction()) {
          case MEAN -> "mean";
          case SUM -> "sum";
          case MAXIMUM -> "maximum";
          case MINIMUM -> "minimum";
        };
    return "needs every row: " + what + " over " + axes(op.axes());
  }

  @Override
  public String flatten(Operator.Flatten op) {
    return "flattens all rows";
  }

  @Override
  public String reshape(Operator.Reshape op) {
    return "puts the elements of all rows into another shape";
  }

  @Override
  public String transpose(Operator.Transpose op) {
    return "turns rows into another axis";
  }

  @Override
  public String linear(Operator.Linear op) {
    return "every output needs all inputs";
  }

  @Override
  public String softmax(Operator.Softmax op) {
    return "needs every row: normalises over " + axes(op.axes());
  }

  private static String axes(Axes axes) {
    List<String> names = new ArrayList<>();
    if (axes.channels()) {
      names.add("channels");
    }
    if (axes.rows()) {
      names.add("rows");
    }
    if (axes.columns()) {
      names.add("columns");
    }
    return String.join(" and ", names);
  }
}
