package org.edgeld.workbench.split;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Plan;

/**
 * The undivided network on one device other than the head, with its transfer: EdgeLD's reference
 * for speedups (Xue et al., HPCC 2020). It takes the device with the shortest predicted time.
 */
public final class RemoteDevice implements SplitStrategy {
  @Override
  public String id() {
    return "remote";
  }

  @Override
  public String title() {
    return "One remote device";
  }

  @Override
  public String explanation() {
    return "The input goes to the one other device that answers soonest, the output comes back:"
        + " EdgeLD's own reference (Xue et al., HPCC 2020).";
  }

  @Override
  public boolean usesFusion() {
    return false;
  }

  @Override
  public boolean usesRouting() {
    return false;
  }

  @Override
  public Plan plan(PlanContext context) throws InfeasiblePlanException {
    DeviceId remote =
        IntStream.range(0, context.devices())
            .mapToObj(DeviceId::new)
            .filter(device -> !device.equals(context.head()))
            .min(Comparator.comparingDouble(device -> nanos(context, device)))
            .orElseThrow(
                () ->
                    new InfeasiblePlanException(
                        "The strategy remote needs a device besides the head, and there is none."
                            + " Maybe add an agent or use the strategy single."));
    List<Block> blocks = context.undivided();
    return context.plan(blocks.stream().map(block -> context.alone(block, remote)).toList());
  }

  private static double nanos(PlanContext context, DeviceId device) {
    DeviceId head = context.head();
    Range input = Range.upTo(context.graph().input().height());
    double nanos =
        context.cost().transmissionNanos(head, device, context.bytes(TensorId.INPUT, input))
            + context.cost().delayNanos(head, device);
    for (Block block : context.undivided()) {
      Range rows = Range.upTo(context.height(block));
      nanos += context.cost().computeNanos(device, context.tile(block, rows));
    }
    for (TensorId output : context.graph().outputs()) {
      Range rows = Range.upTo(context.geometry().shape(output).height());
      nanos += context.cost().transmissionNanos(device, head, context.bytes(output, rows));
    }
    return nanos + context.cost().delayNanos(device, head);
  }
}
