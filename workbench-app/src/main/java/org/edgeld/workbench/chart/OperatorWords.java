package org.edgeld.workbench.chart;

import org.edgeld.model.Operator;
import org.edgeld.model.Window;

/** Describes operators in few words, such as {@code conv 3×3 s1 p1}. */
public final class OperatorWords implements Operator.Handler<String> {
  private static final OperatorWords INSTANCE = new OperatorWords();

  private OperatorWords() {}

  /** Returns the words for an operator. */
  public static String of(Operator operator) {
    return operator.accept(INSTANCE);
  }

  @Override
  public String conv2d(Operator.Conv2d op) {
    String kind =
        op.groups() == 1 ? "conv " : op.groups() == op.inChannels() ? "depthwise " : "grouped ";
    return kind + window(op.vertical(), op.horizontal());
  }

  @Override
  public String pool2d(Operator.Pool2d op) {
    String kind = op.kind() == Operator.PoolKind.MAX ? "max pool " : "average pool ";
    return kind + window(op.vertical(), op.horizontal());
  }

  private static String window(Window vertical, Window horizontal) {
    return vertical.kernel()
        + "×"
        + horizontal.kernel()
        + " s"
        + vertical.stride()
        + " p"
        + vertical.padBefore();
  }

  @Override
  public String activate(Operator.Activate op) {
    return "activation";
  }

  @Override
  public String add(Operator.Add op) {
    return "sum";
  }

  @Override
  public String concat(Operator.Concat op) {
    return "concatenation";
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
    return "linear " + op.inFeatures() + "→" + op.outFeatures();
  }

  @Override
  public String softmax(Operator.Softmax op) {
    return "softmax";
  }
}
