package org.edgeld.workbench.ui.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Colours of the devices of two runs that are compared: a device has the same one in both, though
 * its letter may differ.
 */
final class DeviceColours {
  private DeviceColours() {}

  /**
   * Returns the number of each device's colour in both runs. Those of the first have the colours of
   * their letters. A device that is in the second only has that of its letter, too, unless another
   * device of the second has it.
   *
   * @param first names of the first run's devices, in the order of letters
   * @param second names of the second run's devices
   */
  static List<List<Integer>> of(List<String> first, List<String> second) {
    List<Integer> taken = new ArrayList<>();
    second.stream().map(first::indexOf).filter(colour -> colour >= 0).forEach(taken::add);
    List<Integer> colours = new ArrayList<>();
    for (int device = 0; device < second.size(); device++) {
      int colour = first.indexOf(second.get(device));
      if (colour < 0) {
        colour = device;
        for (int next = 0; taken.contains(colour); next++) {
          colour = next;
        }
        taken.add(colour);
      }
      colours.add(colour);
    }
    return List.of(IntStream.range(0, first.size()).boxed().toList(), List.copyOf(colours));
  }
}
