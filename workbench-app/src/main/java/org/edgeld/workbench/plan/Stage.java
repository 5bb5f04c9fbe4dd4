package org.edgeld.workbench.plan;

import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.program.DeviceId;

/**
 * Who computes which rows of one block's output.
 *
 * @param block the layers, fused
 * @param rows per device, in the order of {@link DeviceId#index}; empty means the device idles. The
 *     ranges cover the output's height exactly, without overlap
 */
public record Stage(Block block, List<Range> rows) {
  public Stage {
    rows = List.copyOf(rows);
  }

  /** Returns a stage that one device computes alone. */
  public static Stage on(Block block, DeviceId device, int devices, int height) {
    Range[] rows = new Range[devices];
    java.util.Arrays.fill(rows, Range.EMPTY);
    rows[device.index()] = Range.upTo(height);
    return new Stage(block, List.of(rows));
  }

  /** Returns the rows of a device. */
  public Range rows(DeviceId device) {
    return rows.get(device.index());
  }

  /** Returns the only device that computes, if there is just one. */
  public Optional<DeviceId> soleDevice() {
    DeviceId sole = null;
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).isEmpty()) {
        if (sole != null) {
          return Optional.empty();
        }
        sole = new DeviceId(i);
      }
    }
    return Optional.ofNullable(sole);
  }
}
