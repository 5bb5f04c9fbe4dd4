package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.words.NearestName;

/**
 * Neurosurgeon's partition (Kang et al., ASPLOS 2017): the head computes the layers up to a cut and
 * one other device the rest, at the cut with the least {@code Σ_{l≤j} t_head + α + 8·out_j/B +
 * Σ_{l>j} t_other}. Everything before the first layer or behind the last is a cut as well, so the
 * whole network may run on either; one without a cut in between is refused. All other devices are
 * tried. Unlike the paper's, the result goes back to the head, and that counts; energy does not.
 */
public final class NeurosurgeonSplit implements SplitStrategy {
  private static final String BEST = "auto";
  private static final String FIRST = "input";

  private static final StrategyOption CUT =
      new StrategyOption(
          "cut",
          "Cut behind",
          "The last layer that the head computes itself; auto takes the one that is predicted to be"
              + " fastest, input leaves it nothing.",
          BEST,
          new StrategyOption.Text("auto, input or the name of a layer"));

  @Override
  public String id() {
    return "neurosurgeon";
  }

  @Override
  public String title() {
    return "Neurosurgeon";
  }

  @Override
  public String explanation() {
    return "The head computes the first layers, one other device the rest; the cut is where that is"
        + " fastest (Kang et al., ASPLOS 2017). It does not use the fusion rule.";
  }

  @Override
  public List<StrategyOption> options() {
    return List.of(CUT);
  }

  @Override
  public boolean usesFusion() {
    return false;
  }

  @Override
  public Plan plan(PlanContext context) throws InfeasiblePlanException {
    String chosen = context.option(CUT);
    List<Integer> cuts = context.geometry().cuts();
    if (!chosen.equals(BEST)) {
      cuts = List.of(cut(context, chosen));
    } else if (cuts.size() == 2 && context.graph().layers().size() > 1 && context.devices() > 1) {
      throw new InfeasiblePlanException(
          "Behind no layer of %s but the last a single tensor is needed, so the network has no cut."
                  .formatted(context.graph().name())
              + " Maybe use the strategy channels, or single or remote, which keep it whole.");
    }
    Plan best = null;
    double bestNanos = Double.POSITIVE_INFINITY;
    for (int cut : cuts) {
      for (DeviceId other : others(context)) {
        double nanos = nanos(context, cut, other);
        if (best == null || nanos < bestNanos) {
          bestNanos = nanos;
          best = plan(context, cut, other);
        }
      }
    }
    return best;
  }

  /** Returns the devices besides the head; a head without others plays both parts. */
  private static List<DeviceId> others(PlanContext context) {
    if (context.devices() == 1) {
      return List.of(context.head());
    }
    return IntStream.range(0, context.devices())
        .mapToObj(DeviceId::new)
        .filter(device -> !device.equals(context.head()))
        .toList();
  }

  private static int cut(PlanContext context, String layer) throws InfeasiblePlanException {
    List<Integer> cuts = context.geometry().cuts();
    List<String> names = cuts.stream().map(cut -> name(context, cut)).toList();
    int at = names.indexOf(layer);
    if (at >= 0) {
      return cuts.get(at);
    }
    int layers = context.graph().layers().size();
    int wanted =
        IntStream.range(0, layers)
            .filter(i -> context.graph().layers().get(i).name().equals(layer))
            .findFirst()
            .orElse(-1);
    if (wanted < 0) {
      String known = names.stream().limit(8).collect(Collectors.joining(", "));
      throw new InfeasiblePlanException(
          "%s has no layer %s to cut behind. Maybe cut=%s."
              .formatted(
                  context.graph().name(),
                  layer,
                  NearestName.of(layer, names).orElse(BEST + " or one of " + known)));
    }
    int nearest =
        cuts.stream()
            .min((a, b) -> Math.abs(a - wanted - 1) - Math.abs(b - wanted - 1))
            .orElseThrow();
    throw new InfeasiblePlanException(
        "Behind %s more than one tensor is still needed, so the network cannot be cut there. Maybe cut=%s."
            .formatted(layer, name(context, nearest)));
  }

  private static String name(PlanContext context, int cut) {
    return cut == 0 ? FIRST : context.graph().layers().get(cut - 1).name();
  }

  private static double nanos(PlanContext context, int cut, DeviceId other) {
    DeviceId head = context.head();
    double nanos = 0;
    long bytesThere = 0;
    for (TensorId crossing : context.graph().crossing(cut)) {
      bytesThere += whole(context, crossing);
    }
    long bytesBack = 0;
    for (Block block : blocks(context, cut)) {
      boolean local = block.layerEnd() <= cut;
      nanos += context.times().of(block).wholeNanos((local ? head : other).index());
      for (TensorId output : context.graph().outputs()) {
        bytesBack += !local && block.makes(output) ? whole(context, output) : 0;
      }
    }
    return nanos + way(context, head, other, bytesThere) + way(context, other, head, bytesBack);
  }

  private static long whole(PlanContext context, TensorId tensor) {
    return context.bytes(tensor, Range.upTo(context.geometry().shape(tensor).height()));
  }

  private static double way(PlanContext context, DeviceId from, DeviceId to, long bytes) {
    return bytes == 0
        ? 0
        : context.cost().transmissionNanos(from, to, bytes) + context.cost().delayNanos(from, to);
  }

  private static List<Block> blocks(PlanContext context, int cut) {
    List<Block> blocks = new ArrayList<>();
    for (Block block : context.undivided()) {
      if (cut > block.layerStart() && cut < block.layerEnd()) {
        blocks.add(new Block(block.layerStart(), cut));
        blocks.add(new Block(cut, block.layerEnd()));
      } else {
        blocks.add(block);
      }
    }
    return blocks;
  }

  private static Plan plan(PlanContext context, int cut, DeviceId other) {
    List<Stage> stages = new ArrayList<>();
    for (Block block : blocks(context, cut)) {
      DeviceId device = block.layerEnd() <= cut ? context.head() : other;
      stages.add(context.alone(block, device));
    }
    return context.plan(stages);
  }
}
