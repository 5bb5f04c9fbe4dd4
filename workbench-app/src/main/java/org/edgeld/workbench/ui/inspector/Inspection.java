package org.edgeld.workbench.ui.inspector;

import java.util.List;
import java.util.Optional;
import org.edgeld.program.DeviceId;

/**
 * What the inspector says of the selected strip.
 *
 * @param device whose strip
 * @param title the layer
 * @param subtitle the block and the operator
 * @param facts name, value and remark of each fact
 * @param times of the device in this block
 * @param balance of the block, one bar a device
 * @param balanceTitle heading of the balance
 * @param hint the bottleneck of the whole plan
 * @param plan what bounds the whole plan
 * @param path its critical path
 */
public record Inspection(
    DeviceId device,
    String title,
    String subtitle,
    List<Fact> facts,
    List<Bar> times,
    List<Bar> balance,
    String balanceTitle,
    String hint,
    List<Fact> plan,
    String path) {
  /**
   * One fact.
   *
   * @param name what
   * @param value how much
   * @param remark compared with what
   */
  public record Fact(String name, String value, String remark) {}

  /**
   * One bar.
   *
   * @param name at its left
   * @param device whose colour it has
   * @param nanos its length
   * @param pale whether it is drawn pale: a prediction beside a measurement
   * @param text at its right
   */
  public record Bar(
      String name, Optional<DeviceId> device, long nanos, boolean pale, String text) {}
}
