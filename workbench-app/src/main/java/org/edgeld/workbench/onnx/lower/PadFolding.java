package org.edgeld.workbench.onnx.lower;

import java.util.List;
import java.util.Optional;
import org.edgeld.model.Activation;
import org.edgeld.model.Operator;
import org.edgeld.model.Operator.PoolKind;
import org.edgeld.model.Window;

/**
 * Makes padding part of the convolution or pooling behind it: exporters write it as a layer where
 * it is uneven or where a pooling counts it.
 */
final class PadFolding {
  private final LayerGraph graph;

  private PadFolding(LayerGraph graph) {
    this.graph = graph;
  }

  static void apply(LayerGraph graph) {
    PadFolding folding = new PadFolding(graph);
    for (int i = 0; i < graph.size(); i++) {
      folding.fold(i);
    }
  }

  private void fold(int index) {
    DraftLayer layer = graph.layer(index);
    Optional<DraftLayer> padding = graph.producer(layer.inputs().get(0), Operator.Pad.class);
    if (padding.isEmpty()) {
      return;
    }
    Operator.Pad pad = (Operator.Pad) padding.get().operator();
    if (pad.channelsBefore() > 0 || pad.channelsAfter() > 0) {
      return;
    }
    int source = padding.get().inputs().get(0);
    Optional<Operator> folded = Optional.empty();
    if (layer.operator() instanceof Operator.Conv2d conv && pad.value() == 0) {
      folded = Optional.of(folded(conv, pad));
    } else if (layer.operator() instanceof Operator.Pool2d pool) {
      folded = folded(pool, pad, source);
    }
    folded.ifPresent(operator -> graph.set(index, layer.with(operator).reading(List.of(source))));
  }

  private static Operator folded(Operator.Conv2d conv, Operator.Pad pad) {
    return new Operator.Conv2d(
        conv.inChannels(),
        conv.outChannels(),
        padded(conv.vertical(), pad.top(), pad.bottom()),
        padded(conv.horizontal(), pad.left(), pad.right()),
        conv.groups(),
        conv.activation());
  }

  private Optional<Operator> folded(Operator.Pool2d pool, Operator.Pad pad, int source) {
    boolean counts;
    if (pool.kind() == PoolKind.AVERAGE) {
      // without padding of its own the pooling divides by all it covers
      if (pad.value() != 0 || pool.ceilMode() || (isPadded(pool) && !pool.countPadding())) {
        return Optional.empty();
      }
      counts = true;
    } else {
      boolean neverWins =
          pad.value() <= -Float.MAX_VALUE || (pad.value() == 0 && isNeverNegative(source));
      if (!neverWins || pool.ceilMode() || !isSmall(pool, pad)) {
        return Optional.empty();
      }
      counts = false;
    }
    return Optional.of(
        new Operator.Pool2d(
            pool.kind(),
            padded(pool.vertical(), pad.top(), pad.bottom()),
            padded(pool.horizontal(), pad.left(), pad.right()),
            false,
            counts));
  }

  private static boolean isPadded(Operator.Pool2d pool) {
    return pool.vertical().padBefore() > 0
        || pool.vertical().padAfter() > 0
        || pool.horizontal().padBefore() > 0
        || pool.horizontal().padAfter() > 0;
  }

  /** Tells whether every window covers at least one element that is no padding. */
  private static boolean isSmall(Operator.Pool2d pool, Operator.Pad pad) {
    return covers(pool.vertical(), pad.top(), pad.bottom())
        && covers(pool.horizontal(), pad.left(), pad.right());
  }

  private static boolean covers(Window window, int before, int after) {
    return window.padBefore() + before < window.kernel()
        && window.padAfter() + after < window.kernel()
        && window.dilation() == 1;
  }

  private boolean isNeverNegative(int tensor) {
    return graph
        .producer(tensor, Operator.Activate.class)
        .map(layer -> ((Operator.Activate) layer.operator()).activation())
        .filter(PadFolding::isNeverNegative)
        .isPresent();
  }

  private static boolean isNeverNegative(Activation activation) {
    return switch (activation.kind()) {
      case RELU, SIGMOID, HARD_SIGMOID, ABS, EXP, SOFTPLUS -> true;
      case CLIP -> activation.alpha() >= 0;
      default -> false;
    };
  }

  private static Window padded(Window window, int before, int after) {
    return new Window(
        window.kernel(),
        window.stride(),
        window.padBefore() + before,
        window.padAfter() + after,
        window.dilation());
  }
}
