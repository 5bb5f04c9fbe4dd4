package org.edgeld.workbench.cli;

import java.util.Locale;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.model.Window;

/** An operator in a few words. */
record OperatorText() implements Operator.Handler<String> {
  @Override
  public String conv2d(Operator.Conv2d op) {
    return "conv %s%s%s"
        .formatted(
            window(op.vertical(), op.horizontal()),
            op.groups() == 1 ? "" : ", " + op.groups() + " groups",
            then(op.activation()));
  }

  @Override
  public String pool2d(Operator.Pool2d op) {
    return "%s pool %s"
        .formatted(
            op.kind().name().toLowerCase(Locale.ROOT), window(op.vertical(), op.horizontal()));
  }

  @Override
  public String activate(Operator.Activate op) {
    return op.activation().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String add(Operator.Add op) {
    return "add" + then(op.activation());
  }

  @Override
  public String concat(Operator.Concat op) {
    return "concat";
  }

  @Override
  public String globalAveragePool(Operator.GlobalAveragePool op) {
    return "global average pool";
  }

  @Override
  public String flatten(Operator.Flatten op) {
    return "flatten";
  }

  @Override
  public String linear(Operator.Linear op) {
    return "linear" + then(op.activation());
  }

  @Override
  public String softmax(Operator.Softmax op) {
    return "softmax";
  }

  private static String window(Window vertical, Window horizontal) {
    return "%d×%d%s"
        .formatted(
            vertical.kernel(),
            horizontal.kernel(),
            vertical.stride() == 1 ? "" : ", stride " + vertical.stride());
  }

  private static String then(Activation activation) {
    return activation == Activation.NONE ? "" : ", " + activation.name().toLowerCase(Locale.ROOT);
  }
}
