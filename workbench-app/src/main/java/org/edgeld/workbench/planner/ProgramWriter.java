package org.edgeld.workbench.planner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Step;

/** One device's program under construction: its steps, and after which of them tensors can go. */
final class ProgramWriter {
  private static final int BEFORE_ALL_STEPS = -1;

  private final DeviceId device;
  private final List<Step> steps = new ArrayList<>();

  /** Index of the last step that makes, receives or reads a tensor, of all tensors held. */
  private final Map<TensorId, Integer> lastUse = new TreeMap<>();

  ProgramWriter(DeviceId device) {
    this.device = device;
  }

  /** Says that the device holds a tensor when the frame starts. */
  void holds(TensorId tensor) {
    lastUse.put(tensor, BEFORE_ALL_STEPS);
  }

  void receive(Slice slice, DeviceId from) {
    use(slice.tensor());
    steps.add(new Step.Receive(slice, from));
  }

  void send(Slice slice, DeviceId to) {
    use(slice.tensor());
    steps.add(new Step.Send(slice, to));
  }

  void compute(BlockTile tile) {
    tile.inputs().forEach(input -> use(input.tensor()));
    tile.outputs().forEach(output -> use(output.tensor()));
    List<Range> parts =
        tile.combines()
            ? tile.inputs().stream().map(part -> ChannelSums.summed(part.tensor())).toList()
            : List.of();
    steps.add(new Step.Compute(tile.block(), tile.outputs(), parts));
  }

  private void use(TensorId tensor) {
    lastUse.put(tensor, steps.size());
  }

  /** Gives up a tensor that the device may receive again. */
  void forget(TensorId tensor) {
    lastUse.remove(tensor);
    steps.add(new Step.Release(tensor));
  }

  /**
   * Returns the program, every tensor released right after its last use.
   *
   * @param kept what stays when the frame ends
   */
  DeviceProgram finish(Collection<TensorId> kept) {
    Map<Integer, List<Step>> releases = new TreeMap<>();
    lastUse.forEach(
        (tensor, step) -> {
          if (!kept.contains(tensor)) {
            releases.computeIfAbsent(step, key -> new ArrayList<>()).add(new Step.Release(tensor));
          }
        });
    List<Step> all = new ArrayList<>(releases.getOrDefault(BEFORE_ALL_STEPS, List.of()));
    for (int i = 0; i < steps.size(); i++) {
      all.add(steps.get(i));
      all.addAll(releases.getOrDefault(i, List.of()));
    }
    return new DeviceProgram(device, all);
  }
}
