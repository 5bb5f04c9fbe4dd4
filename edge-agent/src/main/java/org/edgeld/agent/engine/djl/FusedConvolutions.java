package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Convolutions by oneDNN with weights that lie in its own order, and with the activation applied
 * before the output leaves the processor's cache. PyTorch's ordinary convolution brings the weights
 * into that order in every call, which for a strip of few rows takes longer than its arithmetic.
 */
final class FusedConvolutions {
  private static final Logger LOG = LoggerFactory.getLogger(FusedConvolutions.class);

  private static final String METHODS =
      """
        def reorder(self: __torch__.Script, w: Tensor, stride: List[int], padding: List[int],
            dilation: List[int], groups: int, size: List[int]) -> Tensor:
          return ops.mkldnn._reorder_convolution_weight(w, padding, stride, dilation, groups,
              size)
        def order(self: __torch__.Script, w: Tensor) -> Tensor:
          return ops.mkldnn._get_mkldnn_serialized_md(w)
        def plain(self: __torch__.Script, x: Tensor, w: Tensor, b: Tensor, stride: List[int],
            padding: List[int], dilation: List[int], groups: int, attr: str,
            alpha: float, beta: float) -> Tensor:
          return ops.mkldnn._convolution_pointwise(x, w, b, padding, stride, dilation, groups,
              attr, annotate(List[Optional[number]], []), "")
        def one(self: __torch__.Script, x: Tensor, w: Tensor, b: Tensor, stride: List[int],
            padding: List[int], dilation: List[int], groups: int, attr: str,
            alpha: float, beta: float) -> Tensor:
          return ops.mkldnn._convolution_pointwise(x, w, b, padding, stride, dilation, groups,
              attr, annotate(List[Optional[number]], [alpha]), "")
        def two(self: __torch__.Script, x: Tensor, w: Tensor, b: Tensor, stride: List[int],
            padding: List[int], dilation: List[int], groups: int, attr: str,
            alpha: float, beta: float) -> Tensor:
          return ops.mkldnn._convolution_pointwise(x, w, b, padding, stride, dilation, groups,
              attr, annotate(List[Optional[number]], [alpha, beta]), "")
        def sum(self: __torch__.Script, x: Tensor, other: Tensor, w: Tensor, b: Tensor,
            stride: List[int], padding: List[int], dilation: List[int], groups: int) -> Tensor:
          return ops.mkldnn._convolution_pointwise_(other, x, w, b, padding, stride, dilation,
              groups, "add", annotate(Optional[number], None), annotate(Optional[str], None),
              annotate(List[Optional[number]], []), annotate(Optional[str], None))
        def sumRelu(self: __torch__.Script, x: Tensor, other: Tensor, w: Tensor, b: Tensor,
            stride: List[int], padding: List[int], dilation: List[int], groups: int) -> Tensor:
          return ops.mkldnn._convolution_pointwise_(other, x, w, b, padding, stride, dilation,
              groups, "add", annotate(Optional[number], None), "relu",
              annotate(List[Optional[number]], []), annotate(Optional[str], None))
      """;

  /** How far oneDNN may be from PyTorch in the trial, where values are about 10. */
  private static final float TOLERANCE = 1e-3f;

  private static final List<Integer> TRIAL_ROWS = List.of(5, 1, 12);

  private final PtSymbolBlock script;

  private FusedConvolutions(PtSymbolBlock script) {
    this.script = script;
  }

  /**
   * Returns what this computer's PyTorch can do: nothing if it was built without oneDNN, or if a
   * trial gives another result than the ordinary convolution.
   */
  static Optional<FusedConvolutions> load(PtNDManager manager) {
    try {
      FusedConvolutions fused = new FusedConvolutions(Script.compile(manager, METHODS));
      if (fused.agreesWithOrdinary(manager)) {
        return Optional.of(fused);
      }
      LOG.warn("Convolutions are not fused: a trial gave another result.");
    } catch (RuntimeException e) {
      LOG.info("Convolutions are not fused: this PyTorch cannot ({}).", e.getMessage());
    }
    return Optional.empty();
  }

  /**
   * A convolution of the trial.
   *
   * @param in input channels of a group
   * @param out output channels of a group
   */
  private record Trial(int in, int out, int groups, int kernel, int stride) {}

  /** Ordinary, depthwise and pointwise ones, since oneDNN has code of its own for each. */
  private static final List<Trial> TRIALS =
      List.of(
          new Trial(8, 8, 1, 3, 1),
          new Trial(3, 24, 1, 5, 2),
          new Trial(1, 1, 32, 3, 1),
          new Trial(1, 1, 32, 3, 2),
          new Trial(4, 8, 2, 3, 1),
          new Trial(32, 48, 1, 1, 1));

  private boolean agreesWithOrdinary(PtNDManager manager) {
    return TRIALS.stream().allMatch(trial -> agreesWithOrdinary(manager, trial));
  }

  private boolean agreesWithOrdinary(PtNDManager manager, Trial trial) {
    Shape stride = new Shape(trial.stride(), trial.stride());
    Convolution convolution = new Convolution(trial.in(), trial.out(), stride, new Shape(1, 1));
    int outputs = trial.out() * trial.groups();
    int kernel = trial.kernel();
    Shape pad = new Shape(kernel / 2, kernel / 2);
    try (NDManager scope = manager.newSubManager()) {
      NDArray weight =
          ramp(scope, new Shape(outputs, kernel, kernel, trial.in())).transpose(0, 3, 1, 2);
      NDArray bias = ramp(scope, new Shape(outputs));
      Activation clip = Activation.clip(-1, 2);
      NDArray first = input(scope, trial, TRIAL_ROWS.get(0));
      Activation none = Activation.NONE;
      try (PackedWeights weights = pack(first, pad, weight, convolution, trial.groups());
          PackedConvolution packed = with(weights, bias, convolution, trial.groups(), clip);
          PackedConvolution inSum = with(weights, bias, convolution, trial.groups(), none)) {
        // packed for one number of rows, used for all
        for (int rows : TRIAL_ROWS) {
          NDArray x = input(scope, trial, rows);
          NDArray plain = convolution.ordinary(x, weight, bias, pad, trial.groups());
          NDArray other = plain.mul(0.5f);
          NDArray sum = Activations.fused(Activation.RELU, plain.add(other));
          ConvCall.Addend addend = new ConvCall.Addend(other, Activation.RELU);
          if (!agree(packed.compute((PtNDManager) scope, x, pad), plain.clip(-1, 2))
              || !agree(inSum.plus((PtNDManager) scope, x, pad, addend), sum)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean agree(NDArray one, NDArray other) {
    return one.sub(other).abs().max().getFloat() < TOLERANCE;
  }

  private static NDArray input(NDManager scope, Trial trial, int rows) {
    return ramp(scope, new Shape(1, rows, 6, (long) trial.in() * trial.groups()))
        .transpose(0, 3, 1, 2);
  }

  private static NDArray ramp(NDManager scope, Shape shape) {
    return scope.arange(shape.size()).mul(0.37f).sin().reshape(shape);
  }

  /** Tells whether an activation can be part of a convolution. */
  static boolean canFuse(Activation activation) {
    return attribute(activation.kind()).isPresent();
  }

  /** Returns oneDNN's name of an activation. */
  private static Optional<String> attribute(Activation.Kind kind) {
    return switch (kind) {
      case NONE -> Optional.of("none");
      case RELU -> Optional.of("relu");
      case LEAKY_RELU -> Optional.of("leaky_relu");
      case CLIP -> Optional.of("hardtanh");
      case SIGMOID -> Optional.of("sigmoid");
      case TANH -> Optional.of("tanh");
      case SILU -> Optional.of("swish");
      case HARD_SWISH -> Optional.of("hardswish");
      default -> Optional.empty();
    };
  }

  private static String method(Activation.Kind kind) {
    return switch (kind) {
      case LEAKY_RELU -> "one";
      case CLIP -> "two";
      default -> "plain";
    };
  }

  /**
   * Brings weights into the order that oneDNN wants for an input.
   *
   * @param input what will be convolved
   * @param pad zeros at both sides of it along height and width
   * @param weight OIHW, of the output channels to compute
   */
  PackedWeights pack(
      NDArray input, Shape pad, NDArray weight, Convolution convolution, int groups) {
    try (IValue plain = IValue.from((PtNDArray) weight);
        IValue stride = pair(convolution.stride());
        IValue dilation = pair(convolution.dilation());
        IValue groupCount = IValue.from(groups);
        IValue padding = pair(pad);
        IValue size = IValue.listFrom(input.getShape().getShape())) {
      IValue packed = call("reorder", plain, stride, padding, dilation, groupCount, size);
      return new PackedWeights(packed, order((PtNDManager) input.getManager(), packed));
    }
  }

  /** Returns oneDNN's description of the order in which packed weights lie. */
  private ByteBuffer order(PtNDManager manager, IValue packed) {
    try (IValue described = call("order", packed);
        NDArray bytes = described.toTensor(manager)) {
      return ByteBuffer.wrap(bytes.toByteArray());
    }
  }

  /**
   * Makes a convolution of packed weights.
   *
   * @param weights stay the caller's
   * @param bias of the same channels
   * @param activation one that {@linkplain #canFuse can be fused}
   */
  PackedConvolution with(
      PackedWeights weights,
      NDArray bias,
      Convolution convolution,
      int groups,
      Activation activation) {
    Activation.Kind kind = activation.kind();
    return new PackedConvolution(
        this,
        method(kind),
        weights.value(),
        List.of(IValue.from((PtNDArray) bias), pair(convolution.stride())),
        List.of(
            pair(convolution.dilation()),
            IValue.from(groups),
            IValue.from(attribute(kind).orElseThrow()),
            IValue.from((double) activation.alpha()),
            IValue.from((double) activation.beta())));
  }

  static IValue pair(Shape shape) {
    return IValue.listFrom(shape.get(0), shape.get(1));
  }

  IValue call(String method, IValue... arguments) {
    return IValueUtils.runMethod(script, method, arguments);
  }
}
